/** Checks a definition's security options, requests of devices and kernel settings. */

import { isCdiName, isDeviceWord, isNamespacedSysctl, isSysctlName, valueFault } from '../../docker/option-values.js';
import {
  isSingleOption,
  isUsualOption,
  optionName,
  securityOption,
  securityOptionRefusal,
} from '../../docker/security-options.js';
import { sharesNetwork } from '../../networks/network-mode.js';
import { type FieldFault, type Part, pointer } from '../../problems/result.js';
import type { DefinitionInput, DeviceRequest, Rules, Written } from '../definition.js';
import { CDI } from '../fields/security.js';
import { unprintable } from '../printable.js';

/** Rules of the fields for privileges and kernel settings. */
export const SECURITY_RULES = {
  securityOpt: (options) => {
    const value = [...new Set(options.map(securityOption))];
    return { value: value.filter((one) => !isUsualOption(one)), faults: optionFaults(options) };
  },
  deviceRequests: (requests) => {
    const parts = requests.map(declareRequest);
    return { value: parts.map(({ value }) => value), faults: parts.flatMap(({ faults }) => faults) };
  },
  sysctls: (settings, input) => ({
    value: settings,
    faults: Object.entries(settings).flatMap(([key, value]) =>
      at(pointer('sysctls', key), sysctlFault(key, value, input)),
    ),
  }),
} satisfies Partial<Rules>;

function optionFaults(options: readonly string[]): readonly FieldFault[] {
  const first = new Map<string, number>();
  return options.flatMap((written, index) => {
    const option = securityOption(written);
    const name = optionName(option);
    const earlier = isSingleOption(option) ? first.get(name) : undefined;
    first.set(name, earlier ?? index);
    const isOther = earlier !== undefined && securityOption(options[earlier] ?? '') !== option;
    const doubled = isOther ? `${name} is already in securityOpt/${earlier}; remove one` : undefined;
    return at(pointer('securityOpt', index), securityOptionRefusal(written) ?? unprintable(written) ?? doubled);
  });
}

function declareRequest(request: Written<'deviceRequests'>[number], index: number): Part<DeviceRequest> {
  const { capabilities = request.driver === CDI ? [] : ['gpu'] } = request;
  const isAt = (message: string | undefined, ...part: readonly (string | number)[]) =>
    at(pointer('deviceRequests', index, ...part), message);
  return {
    value: { ...request, capabilities },
    faults: [
      ...isAt(quantityFault(request)),
      ...isAt(capabilities.length === 0 && request.driver !== CDI ? 'name a capability, such as gpu' : undefined),
      ...isAt(request.driver === undefined ? undefined : wordFault(request.driver), 'driver'),
      ...capabilities.flatMap((one, place) => isAt(wordFault(one), 'capabilities', place)),
      ...(request.deviceIds ?? []).flatMap((id, place) => isAt(idFault(id, request), 'deviceIds', place)),
      ...Object.entries(request.options ?? {}).flatMap(([key, value]) =>
        isAt(key === '' ? 'an option has a name' : unprintable(`${key}=${value}`), 'options', key),
      ),
    ],
  };
}

/** Rule: docker/cli, `opts.GpuOpts`: either a number or devices. */
function quantityFault({ count, deviceIds = [], driver }: Written<'deviceRequests'>[number]): string | undefined {
  if (deviceIds.length > 0)
    return count === undefined ? undefined : "count can't be combined with deviceIds; remove one";
  if (driver === CDI) return 'name the devices in deviceIds, for example nvidia.com/gpu=all';
  return count !== undefined && (count === -1 || (count >= 1 && count <= 1024))
    ? undefined
    : 'write count, -1 for all or from 1 to 1024, or deviceIds';
}

const wordFault = (text: string): string | undefined =>
  isDeviceWord(text) ? undefined : `${JSON.stringify(text)} must be a word of letters, digits, dots and dashes`;

function idFault(id: string, { driver }: Written<'deviceRequests'>[number]): string | undefined {
  if (driver === CDI) return isCdiName(id) ? undefined : 'write the name of a CDI device, such as nvidia.com/gpu=all';
  return /^[\w.:/-]{1,256}$/.test(id) ? undefined : `${JSON.stringify(id)} is not the name of a device`;
}

/** Those of the host may be set where the policy lists them, and the engine agrees. */
function sysctlFault(key: string, value: string, input: DefinitionInput): string | undefined {
  const { ipcMode, network = 'bridge' } = input;
  const text = `${key}=${value}`;
  if (!isNamespacedSysctl(key)) {
    const message = `${JSON.stringify(key)} is not the name of a kernel setting; write for example net.core.somaxconn`;
    return isSysctlName(key) ? unprintable(text) : message;
  }
  // Rule: runc, `validate.sysctl`.
  const field = key.startsWith('net.') ? 'network' : 'ipcMode';
  const isOfHost = field === 'network' ? sharesNetwork(network) : ipcMode === 'host';
  const message = `${field} is ${input[field]}, so ${key} is not the container's own; leave out one of them`;
  return isOfHost ? message : (valueFault('sysctl', text) ?? unprintable(text));
}

const at = (place: string, message: string | undefined): readonly FieldFault[] =>
  message === undefined ? [] : [{ pointer: place, message }];
