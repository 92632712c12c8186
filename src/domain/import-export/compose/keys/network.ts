/** Keys of a service's network, its ports and links, and of the networks of a file. */

import { type Fates, ignored, lacking, NO_SWARM, sets, taken } from './key.js';

/** Keys of names and addresses. */
export const NAME_KEYS: Fates = {
  extra_hosts: sets({ is: 'hosts', field: 'extraHosts' }),
  dns: sets({ is: 'texts', field: 'dns' }),
  dns_opt: sets({ is: 'texts', field: 'dnsOptions' }),
  dns_search: sets({ is: 'texts', field: 'dnsSearch' }),
  domainname: sets({ is: 'text', field: 'domainname' }),
  mac_address: sets({ is: 'text', field: 'macAddress' }),
};

/** Keys of a port in its long form. */
export const PORT_KEYS: Fates = {
  target: taken,
  published: taken,
  host_ip: taken,
  protocol: taken,
  mode: ignored('there is one engine: the port is published on its host'),
  name: ignored('ports have no names here'),
  app_protocol: ignored('the application protocol of a port has no effect here'),
};

/** Keys of one network of a service. */
export const SERVICE_NETWORK_KEYS: Fates = {
  aliases: taken,
  priority: taken,
  gw_priority: taken,
  ipv4_address: taken,
  ipv6_address: taken,
  link_local_ips: lacking('a link-local address is of no use here: remove it'),
  mac_address: lacking(
    'the engine chooses the MAC addresses on networks: remove it, or use mac_address of the service',
  ),
  interface_name: lacking('the engine names the interfaces: remove it'),
  driver_opts: lacking("networks use the engine's default settings: remove it"),
};

/** Keys of a network of the file. */
export const NETWORK_KEYS: Fates = {
  name: taken,
  external: taken,
  driver: lacking("networks use the engine's bridge driver: remove it", 'bridge', 'default'),
  driver_opts: taken,
  ipam: taken,
  internal: taken,
  enable_ipv4: lacking('every network has IPv4 addresses: remove it', 'true'),
  enable_ipv6: taken,
  attachable: ignored(NO_SWARM),
  labels: taken,
};

/** Keys of a network's `ipam`. */
export const IPAM_KEYS: Fates = {
  driver: lacking("addresses are allocated by Berth and the engine's default driver: remove it", 'default'),
  config: taken,
  options: lacking("the engine's default driver has no options: remove it"),
};

/** Keys of a subnet of `ipam`. */
export const IPAM_CONFIG_KEYS: Fates = {
  subnet: taken,
  gateway: taken,
  ip_range: ignored('the engine allocates from the upper half of the subnet, and Berth from the lower half'),
  aux_addresses: lacking('no addresses are kept free: remove it'),
};

export const BERTH_LINK_KEYS: Fates = { alias: taken, env: taken };
