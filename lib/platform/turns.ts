import { setImmediate } from "node:timers";

/**
 * Makes `begin` so that it begins one piece of work in each turn of the event loop: at once when nothing else began in
 * this one, else in order of arrival. Two hundred people who ask at the same moment would otherwise be served in one
 * turn of half a second, while the answers that are being written stand still for everybody.
 */
export function inTurns<Args extends unknown[]>(begin: (...args: Args) => void): (...args: Args) => void {
  const waiting: Args[] = [];
  let taken = false;
  const next = () => {
    const args = waiting.shift();
    taken = args !== undefined;
    if (!args) return;
    setImmediate(next);
    begin(...args);
  };
  return (...args) => {
    waiting.push(args);
    if (!taken) next();
  };
}
