// Loaded before the server, by --import.
import { stopWithParent } from "./parent.mjs";

stopWithParent();
