import { describe, expect, it } from 'vitest';
import { ApplyBody } from '../../../src/http/apply/schemas.js';
import { components } from '../../../src/http/components.js';
import { MOST_RAW_FAULTS, validatorBuilder } from '../../../src/http/openapi/validator.js';

interface Check {
  (body: unknown): boolean;
  readonly errors: readonly { readonly keyword: string; readonly instancePath: string }[] | null;
}

const schemas = Object.fromEntries(components.map((one) => [(one as unknown as { $id: string }).$id, one]));
const build = validatorBuilder({ add: () => undefined }) as unknown as (
  schemas: object,
  options: object,
) => (route: object) => Check;
const check = build(schemas, {})({ schema: ApplyBody, method: 'POST', url: '/', httpPart: 'body' });

/** Items that count how often one of them is read. */
function counted<T>(items: readonly T[]) {
  let reads = 0;
  const proxy = new Proxy(items, {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) reads++;
      return Reflect.get(target, key, receiver);
    },
  });
  return { proxy, reads: () => reads };
}

describe('a body with more faults than anybody reads', () => {
  it.each([
    ['containers', (items: readonly unknown[]) => ({ containers: items })],
    ['ports', (items: readonly unknown[]) => ({ containers: [{ name: 'web', image: 'webapp', ports: items }] })],
  ])('is checked no further than the most that are reported: %s', (_, body) => {
    const { proxy, reads } = counted(Array.from({ length: 50_000 }, () => 1));
    expect(check(body(proxy))).toBe(false);
    expect(check.errors?.length).toBeGreaterThanOrEqual(MOST_RAW_FAULTS);
    expect(check.errors?.length).toBeLessThan(MOST_RAW_FAULTS + 10);
    expect(reads()).toBeLessThan(MOST_RAW_FAULTS * 5);
  });

  it('is checked no further where unknown fields are the faults', () => {
    const fields = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`field-${n}`, 1]));
    expect(check({ containers: [{ name: 'web', image: 'webapp', ...fields }] })).toBe(false);
    expect(check.errors?.length).toBeLessThan(MOST_RAW_FAULTS + 10);
  });

  it('still says that there are too many items', () => {
    expect(check({ containers: Array.from({ length: 50_000 }, () => ({})) })).toBe(false);
    expect(check.errors?.[0]).toMatchObject({ keyword: 'maxItems', instancePath: '/containers' });
  });

  it('is refused though all that was looked at is left to the domain', () => {
    const containers = Array.from({ length: 400 }, (_, n) => ({
      ...{ name: `c-${n}`, image: 'webapp' },
      ports: Array.from({ length: 5 }, () => ({ containerPort: 0 })),
    }));
    expect(check({ containers: containers.slice(0, 5) })).toBe(true);
    expect(check({ containers })).toBe(false);
  });
});

describe('a body within its types', () => {
  const out = { containers: [{ name: 'web', image: 'webapp', ports: [{ containerPort: 0 }] }] };

  it('is left to the domain without faults where values are out of bounds', () => {
    expect(check(out)).toBe(true);
    expect(check.errors).toBeNull();
  });

  it('is refused with its faults where one value has another type beside those out of bounds', () => {
    const wrong = { ...out.containers[0], hostname: 5 };
    expect(check({ containers: [wrong] })).toBe(false);
    expect(check.errors).toContainEqual(expect.objectContaining({ instancePath: '/containers/0/hostname' }));
  });
});
