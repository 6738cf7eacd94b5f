/**
 * Where a request comes from, for rate limits. The front door (lib/http/front) writes this header from the
 * connection itself, or from our own proxies' X-Forwarded-For, and drops whatever a client sent under the name.
 */
export const ADDRESS_HEADER = "x-leeward-address";

export const addressOf = (headers: Headers): string => headers.get(ADDRESS_HEADER) ?? "unknown";
