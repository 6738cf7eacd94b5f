/**
 * What a model may not do with a formula: links and attributes (`trust`), definitions that grow without end
 * (`maxExpand`), rules of any size (`maxSize`, in em). Threat 31.
 */
export const BOUNDS = { trust: false, maxExpand: 500, maxSize: 20, strict: "ignore" } as const;
