import { route } from "@/lib/http/route";
import { todayUsage } from "@/lib/usage/queries";

export const GET = route({}, ({ actor }) => todayUsage(actor));
