import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/** NAT64: how a network without IPv4 reaches IPv4 addresses, which stand in the last four bytes. */
const NAT64 = ipaddr.IPv6.parseCIDR("64:ff9b::/96");
/** All of IPv6 that is given out so far; what is not given out is nobody's. */
const GIVEN_OUT = ipaddr.IPv6.parseCIDR("2000::/3");

/**
 * Whether an address belongs to the open internet. Private, local, shared, reserved and multicast ones do not,
 * nor does what carries them or leads anywhere (IPv4-mapped, NAT64, 6to4, Teredo). `address`: as a resolver gives
 * it; anything else is not one.
 */
export function isPublicAddress(address: string): boolean {
  // With a zone ("fe80::1%eth0") it is one of this machine's own networks.
  if (address.includes("%") || isIP(address) === 0) return false;
  const ip = ipaddr.parse(address);
  if (ip instanceof ipaddr.IPv4) return ip.range() === "unicast";
  if (ip.isIPv4MappedAddress()) return isPublicAddress(ip.toIPv4Address().toString());
  if (ip.match(NAT64)) return isPublicAddress(ip.toByteArray().slice(12).join("."));
  return ip.match(GIVEN_OUT) && ip.range() === "unicast";
}
