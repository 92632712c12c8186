/** Flags of the network: ports, links, names, addresses. */

import { becomes, type Flag, lacking, list } from './flag.js';

const NO_DNS = "containers use the engine's DNS resolver: configure it on the engine, or remove this";
const NO_ADDRESS = 'the engine assigns addresses: reach the container by its name, through a link or its network';

export const NETWORK_FLAGS: readonly Flag[] = [
  becomes('publish', 'text', 'publish', { short: 'p', isList: true }),
  becomes('publish-all', 'nothing', 'publishAll', { short: 'P' }),
  becomes('expose', 'text', 'expose', list),
  becomes('link', 'text', 'link', list),
  becomes('network', 'text', 'network', list),
  becomes('net', 'text', 'network', list),
  becomes('network-alias', 'text', 'networkAlias', list),
  becomes('net-alias', 'text', 'networkAlias', list),
  lacking(
    'add-host',
    'text',
    'host names come from links and networks: link to the container, or use the address instead of the name',
    list,
  ),
  lacking('dns', 'text', NO_DNS, list),
  lacking('dns-opt', 'text', NO_DNS, list),
  lacking('dns-option', 'text', NO_DNS, list),
  lacking('dns-search', 'text', NO_DNS, list),
  lacking('domainname', 'text', 'definitions have a single host name: write the full name as --hostname'),
  lacking('ip', 'text', NO_ADDRESS),
  lacking('ip6', 'text', NO_ADDRESS),
  lacking('link-local-ip', 'text', NO_ADDRESS, list),
  lacking('mac-address', 'text', NO_ADDRESS),
];
