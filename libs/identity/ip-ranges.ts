import { BlockList, isIP } from 'node:net';

/** Says what is wrong with an address or CIDR range; undefined when nothing is. */
export function ipRangeFlaw(text: string): string | undefined {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return 'must be an IP address or a range like 10.1.0.0/16';
  if (prefix === undefined) return undefined;
  return /^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128)
    ? undefined
    : 'must have a prefix of at most 32 bits, for IPv6 128';
}

/** Whether an address is in one of `ranges`, which were checked by {@link ipRangeFlaw}. Made once, asked at every call. */
export function addressesIn(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return (address) => {
    const family = isIP(address);
    // An IPv4 client of a socket that takes both is ::ffff:10.1.2.3; the list knows that this is 10.1.2.3.
    return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
  };
}
