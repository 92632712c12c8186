import { type EngineFields, plain } from './field.js';

/** Fields of names and addresses. */
export const NETWORK = {
  extraHosts: plain('HostConfig', 'ExtraHosts'),
  dns: plain('HostConfig', 'Dns'),
  dnsSearch: plain('HostConfig', 'DnsSearch'),
  dnsOptions: plain('HostConfig', 'DnsOptions'),
  macAddress: plain('Config', 'MacAddress'),
} as const satisfies EngineFields;
