/** Flags of the network: ports, links, names, addresses. */

import { becomes, type Flag, lacking, list, sets } from './flag.js';

const NO_ADDRESS = 'a link-local address is of no use here: reach the container by its name';

export const NETWORK_FLAGS: readonly Flag[] = [
  becomes('publish', 'text', 'publish', { short: 'p', isList: true }),
  sets('publish-all', 'nothing', { is: 'switch', field: 'publishAll' }, { short: 'P' }),
  sets('expose', 'text', { is: 'texts', field: 'expose' }, list),
  becomes('link', 'text', 'link', list),
  becomes('network', 'text', 'network', list),
  becomes('net', 'text', 'network', list),
  sets('network-alias', 'text', { is: 'texts', field: 'networkAliases' }, list),
  sets('net-alias', 'text', { is: 'texts', field: 'networkAliases' }, list),
  sets('add-host', 'text', { is: 'hosts', field: 'extraHosts' }, list),
  sets('dns', 'text', { is: 'texts', field: 'dns' }, list),
  sets('dns-opt', 'text', { is: 'texts', field: 'dnsOptions' }, list),
  sets('dns-option', 'text', { is: 'texts', field: 'dnsOptions' }, list),
  sets('dns-search', 'text', { is: 'texts', field: 'dnsSearch' }, list),
  sets('domainname', 'text', { is: 'text', field: 'domainname' }),
  becomes('ip', 'text', 'ipv4Address'),
  becomes('ip6', 'text', 'ipv6Address'),
  lacking('link-local-ip', 'text', NO_ADDRESS, list),
  sets('mac-address', 'text', { is: 'text', field: 'macAddress' }),
];
