import { describe, expect, it } from 'vitest';
import type { DefinitionInput } from '../../../src/domain/definition/definition.js';
import { createImagePulls } from '../../../src/reconcile/loop/images/image-pulls.js';
import { definition, specOf } from '../../support/definition.js';

const FOUND = { id: 'sha256:1', env: [], exposed: [], platform: 'linux/amd64' };
const wanting = (input: Partial<DefinitionInput>) => definition({ spec: specOf(input) });

describe('an image for another platform than the definition names', () => {
  it('is pulled once for each generation, and then left for the engine to judge', () => {
    const pulls = createImagePulls();
    const web = wanting({ platform: 'linux/arm64' });
    expect(pulls.stateOf(web, FOUND)).toEqual({ kind: 'other-platform', platform: 'linux/amd64' });
    pulls.failed(web);
    expect(pulls.stateOf(web, FOUND).kind).toBe('pull-failed');
    pulls.pulled(web);
    expect(pulls.stateOf(web, FOUND).kind).toBe('present');
    expect(pulls.stateOf({ ...web, generation: web.generation + 1 }, FOUND).kind).toBe('other-platform');
  });

  it('is not pulled if the platform is the same by another name, not declared, or not reported', () => {
    const { platform: _, ...unreported } = FOUND;
    expect(createImagePulls().stateOf(wanting({ platform: 'x86_64' }), FOUND).kind).toBe('present');
    expect(createImagePulls().stateOf(wanting({}), FOUND).kind).toBe('present');
    expect(createImagePulls().stateOf(wanting({ platform: 'arm64' }), unreported).kind).toBe('present');
  });
});
