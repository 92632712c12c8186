/** Keys of a service's network, its ports and links, and of the networks of a file. */

import { type Fates, ignored, lacking, NO_SWARM, sets, taken } from './key.js';

const NO_ADDRESS = 'the engine assigns addresses: reach the container by its name';

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
  ipv4_address: lacking(NO_ADDRESS),
  ipv6_address: lacking(NO_ADDRESS),
  link_local_ips: lacking(NO_ADDRESS),
  mac_address: lacking(NO_ADDRESS),
  interface_name: lacking('the engine names the interfaces: remove it'),
  driver_opts: lacking("networks use the engine's default settings: remove it"),
};

/** Keys of a network of the file. */
export const NETWORK_KEYS: Fates = {
  name: taken,
  external: taken,
  driver: lacking("networks use the engine's bridge driver: remove it", 'bridge', 'default'),
  driver_opts: lacking("networks use the engine's default settings: remove it"),
  ipam: lacking('the engine assigns addresses: remove it'),
  internal: lacking('networks can reach whatever the host reaches: remove it'),
  enable_ipv4: lacking('the engine assigns the addresses of networks: remove it', 'true'),
  enable_ipv6: lacking('the engine assigns the addresses of networks: remove it'),
  attachable: ignored(NO_SWARM),
  labels: ignored("networks have only Berth's labels"),
};

export const BERTH_LINK_KEYS: Fates = { alias: taken, env: taken };
