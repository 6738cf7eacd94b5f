/**
 * Lets others be served before what comes next. Not from node:timers, which the bundler refuses in what it takes for a
 * page.
 */
export const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));
