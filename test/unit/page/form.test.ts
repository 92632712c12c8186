import { describe, expect, it } from 'vitest';
import type { DefinitionInput } from '../../../openapi/client.js';
import { definitionOf, EMPTY, type Form, faultOf, formOf } from '../../../src/page/logic/form.js';
import { container } from './builders.js';

describe('a form', () => {
  it('says the definition that it was filled with, and keeps what it has no field for', () => {
    const definition = {
      ...{ name: 'web', image: 'nginx', command: ['sh', '-c', 'echo a b'], publishAll: true, network: 'shop' },
      ports: ['8080:80', { hostIp: '::1', containerPort: 53, protocol: 'udp' as const }],
      env: { A: '1', B: ' two ' },
      links: ['db:database', { container: 'cache', alias: 'cache', env: 'address' as const }],
      ...{ restartPolicy: 'no' as const, state: 'stopped' as const, hostname: 'www', labels: { team: 'shop' } },
    };
    expect(definitionOf(formOf(definition))).toEqual({
      ...definition,
      ports: ['8080:80', '[::1]::53/udp'],
      links: [
        { container: 'db', alias: 'database', env: 'all' },
        { container: 'cache', alias: 'cache', env: 'address' },
      ],
    });
  });

  it('keeps the aliases and addresses of several networks, and names more of them', () => {
    const back = { name: 'back', aliases: ['store'], ipv4Address: '10.2.0.9' };
    const form = formOf({ image: 'a', networks: [{ name: 'front' }, back] });
    expect(form.network).toBe('front, back');
    expect(definitionOf(form)).toMatchObject({ networks: [{ name: 'front' }, back] });
    expect(definitionOf({ ...form, network: 'bridge' })).toMatchObject({ network: 'bridge' });
    expect(definitionOf({ ...form, network: 'back,third' })).toMatchObject({ networks: [back, { name: 'third' }] });
    const short = formOf({ image: 'a', network: 'front', networkAliases: ['shop'] });
    expect(definitionOf(short)).toMatchObject({ network: 'front', networkAliases: ['shop'] });
    const several = definitionOf({ ...short, network: 'front, back' });
    expect(several).toMatchObject({ networks: [{ name: 'front', aliases: ['shop'] }, { name: 'back' }] });
    expect(several).not.toHaveProperty('network');
    expect(faultOf(form, { pointer: '/networks/1/name', message: 'x' })).toEqual({ field: 'network', message: 'x' });
  });

  it('of a container that is there leaves out what only Berth writes', () => {
    const definition = definitionOf(formOf(container('web', { hostname: 'www' }) as DefinitionInput));
    expect(definition).toMatchObject({ name: 'web', hostname: 'www' });
    const readOnly = ['uid', 'generation', 'createdAt', 'updatedAt', 'deletionRequestedAt', 'status', 'set', 'plan'];
    expect(Object.keys(definition).filter((field) => readOnly.includes(field))).toEqual([]);
  });

  it.each([
    [{ containerPort: 80 }, '80'],
    [{ hostPort: 8080, containerPort: 80 }, '8080:80'],
    [{ hostIp: '127.0.0.1', containerPort: 80 }, '127.0.0.1::80'],
    [{ hostIp: '127.0.0.1', hostPort: 8080, containerPort: 80, protocol: 'udp' as const }, '127.0.0.1:8080:80/udp'],
    [{ hostIp: '::', hostPort: 1, containerPort: 2 }, '[::]:1:2'],
    [{ hostPortRange: '8000-8010', containerPort: 80 }, '8000-8010:80'],
  ])('writes the port %j as -p has it', (port, text) => {
    expect(formOf({ image: 'a', ports: [port] }).ports).toEqual([text]);
  });

  it('takes rows with nothing in them for none', () => {
    const form: Form = {
      ...{ ...EMPTY, image: ' nginx ', ports: ['', ' 80 '], command: '\nrun\n' },
      env: [
        { name: '', value: '' },
        { name: 'A', value: '' },
      ],
      links: [
        { container: '', alias: '', env: 'all' },
        { container: 'db', alias: '', env: 'all' },
      ],
    };
    expect(definitionOf(form)).toMatchObject({
      ...{ image: 'nginx', command: ['run'], ports: ['80'], env: { A: '' }, links: [{ container: 'db', env: 'all' }] },
    });
    expect(definitionOf(form)).not.toHaveProperty('name');
  });
});

describe('a fault of the definition', () => {
  const form: Form = {
    ...{ ...EMPTY, ports: ['', '80', '', 'x'] },
    env: [
      { name: 'A', value: '' },
      { name: 'b/c', value: '' },
    ],
    links: [
      { container: '', alias: '', env: 'all' },
      { container: 'db', alias: '', env: 'all' },
    ],
  };
  it.each([
    ['/image', 'image'],
    ['/name', 'name'],
    ['/ports/0', 'ports.1'],
    ['/ports/1/hostPort', 'ports.3'],
    ['/ports', 'ports'],
    ['/ports/9', 'ports'],
    ['/links/0/container', 'links.1'],
    ['/env/A', 'env.0'],
    ['/env/b~1c', 'env.1'],
    ['/env/gone', 'env'],
  ])('at %s is shown at the field %s', (pointer, field) => {
    expect(faultOf(form, { pointer, message: 'is wrong' })).toEqual({ field, message: 'is wrong' });
  });

  it('without a field says its place itself', () => {
    expect(faultOf(form, { pointer: '/hostname', message: 'is wrong' })).toEqual({
      field: undefined,
      message: '/hostname is wrong',
    });
    expect(faultOf(form, { pointer: '', message: 'is wrong' })).toEqual({ field: undefined, message: 'is wrong' });
  });
});
