export { guardedFetch } from "./guarded-fetch";
export { type FetchRefusal, FetchRefused } from "./refused";
