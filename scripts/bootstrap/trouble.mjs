/** Something a person can do something about: the message says what happened and what to do. */
export class Trouble extends Error {
  /** @param {string} message @param {string} [output] what the program that failed printed */
  constructor(message, output = "") {
    super(message);
    this.output = output;
  }
}

const SYSTEM = [
  [/\bENOSPC\b/, "the disk is full. Make room, then run this again."],
  [
    /\b(EACCES|EPERM|EROFS)\b/,
    "this user may not write here. Run it as the owner of the folder, or give this user the right to write:",
  ],
];

const REGISTRY = [
  [
    /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT)\b/,
    "the npm registry cannot be reached. Check the network (and HTTPS_PROXY, if you need a proxy), then run this again.",
  ],
  [
    /\b(SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_GET_ISSUER_CERT\w*|UNABLE_TO_VERIFY_LEAF_SIGNATURE)\b/,
    "the npm registry's certificate is not trusted here. If your network inspects traffic, name its certificate in NODE_EXTRA_CA_CERTS.",
  ],
  [/\bE40[13]\b/, "the npm registry refuses access. Check the registry and its token in your .npmrc."],
  [/\bEINTEGRITY\b/, 'a package arrived damaged. Run "npm cache clean --force", then run this again.'],
];

/** What failed and why, as far as the output tells; `place` is the folder that could not be written. */
export function troubleWith(what, output, place = "") {
  return explain(what, output, place, SYSTEM);
}

/** The same for what comes from the npm registry. */
export function troubleWithRegistry(what, output, place = "") {
  return explain(what, output, place, [...SYSTEM, ...REGISTRY]);
}

function explain(what, output, place, reasons) {
  const reason = reasons.find(([pattern]) => pattern.test(output))?.[1];
  if (reason) return new Trouble(`${what}: ${reason.endsWith(":") ? `${reason} ${place}` : reason}`);
  return new Trouble(`${what}. Above is what it said last.`, output.trim().split("\n").slice(-25).join("\n"));
}

/** Runs a command's main function; trouble is told in its own words, anything else with its stack. */
export async function main(work) {
  try {
    await work();
  } catch (error) {
    if (error instanceof Trouble || error?.name === "MigrationError") {
      if (error.output) console.error(`${error.output}\n`);
      console.error(`Leeward: ${error.message}`);
    } else {
      console.error(error);
    }
    process.exit(1);
  }
}
