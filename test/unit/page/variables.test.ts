import { describe, expect, it } from 'vitest';
import { readDockerRun } from '../../../src/domain/import-export/docker-run/to-definition.js';
import { unsetIn, variablesOf } from '../../../src/page/logic/variables.js';

/** Everything that the reader of docker run lines says of one. */
function saidOf(line: string): readonly string[] {
  const read = readDockerRun(line);
  return read.ok ? read.left.map(({ reason }) => reason) : read.faults;
}

describe('the variables that an import asks for', () => {
  it.each<[line: string, names: readonly string[]]>([
    ['docker run -v $DATA:/d --name $NAME -w $DATA x', ['DATA', 'NAME']],
    ['docker run -e TOKEN -e KEY x', ['TOKEN', 'KEY']],
    ['docker run -v ~/data:/d x', ['HOME']],
    ['docker run --name ${WHO:?say who} x', ['WHO']],
    ['docker run --name ${WHO:-me} -e A=1 --gpus all x', []],
    ['docker run -p 70000:80 x', []],
  ])('%s', (line, names) => {
    expect(unsetIn(saidOf(line))).toEqual(names);
  });
});

describe('variables as a text', () => {
  it.each<[text: string, values: Record<string, string>]>([
    ['', {}],
    ['A=1', { A: '1' }],
    ['A=1\n\n  \nB=2\n', { A: '1', B: '2' }],
    ['A=1\r\nB=2', { A: '1', B: '2' }],
    ['A=', { A: '' }],
    [' A = b c=d ', { A: ' b c=d ' }],
    ['A="q"', { A: '"q"' }],
    ['A=1\nA=2', { A: '2' }],
  ])('%j', (text, values) => {
    expect(variablesOf(text)).toEqual({ values, faults: [] });
  });

  it('has every line that is no NAME=value reported', () => {
    expect(variablesOf('A\n=b\nC=d')).toEqual({
      values: { C: 'd' },
      faults: ['the variable A has no value: write A=value', 'the variable in =b has no name: write NAME=value'],
    });
  });
});
