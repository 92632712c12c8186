import { describe, expect, test } from 'vitest';
import type { ContainerPort } from '../../../src/domain/definition/definition.js';
import { type BoundPort, notPublished, portLines, publishedLines } from '../../../src/domain/ports/docker-port.js';
import { naturalOrder } from '../../../src/lib/natural-order.js';
import { formatPsPorts } from '../../ps-ports.js';

/** `0.0.0.0 49168 5000/tcp` */
function bound(text: string): BoundPort {
  const [hostIp = '', hostPort, port = ''] = text.split(' ');
  return { hostIp, hostPort: Number(hostPort), ...exposed(port) };
}

function exposed(text: string): ContainerPort {
  const [port, protocol] = text.split('/');
  return { containerPort: Number(port), protocol: protocol as ContainerPort['protocol'] };
}

describe('portLines', () => {
  test('prints the bindings of both families as docker port does', () => {
    expect(portLines([bound(':: 5000 5000/tcp'), bound('0.0.0.0 5000 5000/tcp')])).toEqual([
      '5000/tcp -> 0.0.0.0:5000',
      '5000/tcp -> [::]:5000',
    ]);
  });

  test('sorts ports and addresses as numbers', () => {
    const bindings = ['0.0.0.0 9 443/tcp', '10.0.0.1 8 80/udp', '9.0.0.1 8 80/udp', '0.0.0.0 80 80/tcp'].map(bound);
    expect(portLines(bindings)).toEqual([
      '80/tcp -> 0.0.0.0:80',
      '80/udp -> 9.0.0.1:8',
      '80/udp -> 10.0.0.1:8',
      '443/tcp -> 0.0.0.0:9',
    ]);
  });

  test('prints nothing for a container without bindings', () => {
    expect(portLines([])).toEqual([]);
  });
});

describe('publishedLines', () => {
  const bindings = [':: 5000 5000/tcp', '0.0.0.0 5000 5000/tcp', '0.0.0.0 6000 5000/udp', '0.0.0.0 1 1/tcp'].map(bound);

  test.each([
    ['5000/tcp', ['0.0.0.0:5000', '[::]:5000']],
    ['5000/udp', ['0.0.0.0:6000']],
    ['81/tcp', []],
  ])('of %s are %j', (port, lines) => {
    expect(publishedLines(bindings, exposed(port))).toEqual(lines);
  });
});

test('a port that is not published is refused in the words of docker port', () => {
  expect(notPublished('81', 'web')).toBe("Error: No public port '81' published for web");
});

describe('formatPsPorts', () => {
  test.each([
    ['nothing', [], [], ''],
    ['exposed ports', [], ['33060/tcp', '3306/tcp'], '3306/tcp, 33060/tcp'],
    [
      'a picked port on both families',
      [':: 49168 5000/tcp', '0.0.0.0 49168 5000/tcp'],
      ['5000/tcp'],
      '0.0.0.0:49168->5000/tcp, [::]:49168->5000/tcp',
    ],
    [
      'an equal port on both families',
      ['0.0.0.0 5000 5000/tcp', ':: 5000 5000/tcp'],
      [],
      '0.0.0.0:5000->5000/tcp, [::]:5000->5000/tcp',
    ],
    [
      'udp published beside tcp exposed',
      ['127.0.0.1 5000 5000/udp'],
      ['5000/tcp', '5000/udp'],
      '5000/tcp, 127.0.0.1:5000->5000/udp',
    ],
    ['a range of exposed ports', [], ['7001/tcp', '7000/tcp', '7002/tcp'], '7000-7002/tcp'],
    [
      'ranges, what breaks them first',
      ['0.0.0.0 80 80/tcp', '0.0.0.0 81 81/tcp', '0.0.0.0 443 443/tcp'],
      ['9/udp'],
      '0.0.0.0:80-81->80-81/tcp, 9/udp, 0.0.0.0:443->443/tcp',
    ],
    [
      'other host numbers last, unfolded',
      ['0.0.0.0 8001 81/tcp', '0.0.0.0 8000 80/tcp', '0.0.0.0 443 443/tcp'],
      ['1/tcp'],
      '1/tcp, 0.0.0.0:443->443/tcp, 0.0.0.0:8000->80/tcp, 0.0.0.0:8001->81/tcp',
    ],
  ])('shows %s', (_, bindings, ports, column) => {
    expect(formatPsPorts(bindings.map(bound), ports.map(exposed))).toBe(column);
  });
});

describe('naturalOrder', () => {
  test('sorts as the sortorder library', () => {
    const sorted = ['', '1', '01', '2', '02', '10', '10a', 'a', 'a1b2', 'a1b10', 'a2', 'ab', 'b'];
    expect(sorted.toReversed().sort(naturalOrder)).toEqual(sorted);
  });
});
