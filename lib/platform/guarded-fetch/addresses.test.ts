import { expect, test } from "vitest";
import { isPublicAddress } from "./addresses";

test.each(["1.1.1.1", "93.184.215.14", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"])(
  "51 %s is public",
  (address) => {
    expect(isPublicAddress(address)).toBe(true);
  },
);

test.each([
  ["this machine", ["127.0.0.1", "127.8.8.8", "0.0.0.0", "::1", "::"]],
  ["private networks", ["10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "fc00::1", "fd12::1"]],
  ["the cloud's own service", ["169.254.169.254", "fe80::1", "fe80::1%eth0", "fd00:ec2::254"]],
  [
    "shared and reserved ones",
    ["100.64.0.1", "192.0.0.1", "192.0.2.1", "198.18.0.1", "203.0.113.1", "240.0.0.1"],
  ],
  ["many at once", ["224.0.0.1", "255.255.255.255", "ff02::1"]],
  ["IPv4 in IPv6", ["::ffff:7f00:1", "::ffff:a9fe:a9fe", "::127.0.0.1", "::ffff:0:127.0.0.1"]],
  ["NAT64", ["64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::a00:1"]],
  ["6to4 and Teredo", ["2002:7f00:1::", "2002:a00:1::1", "2002:101:101::1", "2001::1"]],
  ["documentation and what is not given out", ["2001:db8::1", "3fff::1", "5f00::1", "100::1", "4000::1"]],
  ["no address at all", ["", "localhost", "1.1.1.1.", "1.1.1", "[::1]", "x"]],
])("51 not %s", (_name, addresses) => {
  expect(addresses.filter(isPublicAddress)).toEqual([]);
});
