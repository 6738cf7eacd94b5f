// A small internet for tests; import it before anything connects. Names that end in ".test" resolve, and what looks
// like a public address of theirs is this machine. Nothing else changes: the guard has no switch that turns it off.
import dns from "node:dns";
import net from "node:net";

/** In no range that is kept for special use; never connected to. */
const PUBLIC = "93.184.215.14";

const NAMES = {
  "inside.test": ["10.0.0.1"],
  "both.test": [PUBLIC, "127.0.0.1"],
  "mapped.test": ["::ffff:127.0.0.1"],
};

const lookup = dns.promises.lookup;
dns.promises.lookup = async (name, options) => {
  if (!name.endsWith(".test")) return lookup(name, options);
  if (name === "nowhere.test") throw Object.assign(new Error("ENOTFOUND"), { code: "ENOTFOUND" });
  // A name that is public when it is looked at, and local when it is looked up again.
  const answers = name === "turncoat.test" && asked.has(name) ? ["127.0.0.1"] : (NAMES[name] ?? [PUBLIC]);
  asked.add(name);
  return answers.map((address) => ({ address, family: net.isIP(address) }));
};
const asked = new Set();

const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const options = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (options?.host === PUBLIC) options.host = "127.0.0.1";
  return connect.apply(this, args);
};
