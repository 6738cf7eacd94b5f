// npm run restore FILE [-- --replace]: brings a backup into this installation, which is empty, or is emptied.
import { environment } from "../../lib/platform/environment.ts";
import { loadEnvironment } from "../bootstrap/environment.mjs";
import { root } from "../bootstrap/index.mjs";
import { step } from "../bootstrap/progress.mjs";
import { main, Trouble } from "../bootstrap/trouble.mjs";
import { openBackup } from "./reading.ts";
import { restore } from "./restoring.ts";
import { counted, typedFile } from "./storage.ts";

await main(async () => {
  loadEnvironment(root);
  const here = environment();
  const words = process.argv.slice(2);
  const [name] = words.filter((word) => !word.startsWith("--"));
  const unknown = words.find((word) => word.startsWith("--") && word !== "--replace");
  if (unknown) throw new Trouble(`There is no ${unknown}; only --replace.`);
  if (!name) throw new Trouble("Say which backup: npm run restore FILE");
  const replace = words.includes("--replace");
  const file = typedFile(name);
  const backup = await step("Checking the backup", (note) => openBackup(file, note));
  try {
    await step("Restoring", (note) => restore(backup, here, { replace }, note));
  } finally {
    backup.close();
  }
  const { rows, missing, files } = backup.contents;
  const blobs = files.filter(({ path }) => path.startsWith("blobs/")).length;
  console.log(
    `Restored from ${backup.head.createdAt}: ${counted(rows, "row")} and ${counted(blobs, "file")}, each compared with the backup.`,
  );
  if (missing.length > 0) console.log(`${counted(missing.length, "file")} had not been there to back up.`);
  if (here.secret && here.secret !== backup.secret) {
    console.log(
      `NEXTAUTH_SECRET is set, and is not that of the backup: everybody has to sign in again. That of the backup is in ${here.dataDirectory}/secret; unset NEXTAUTH_SECRET to use it.`,
    );
  }
  console.log("Start Leeward. Accounts, sessions, conversations and shared links are as they were.");
});
