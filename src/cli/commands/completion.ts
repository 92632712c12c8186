/** Completions for shells, from the same table of commands as the help. */

import type { Command } from 'commander';
import { type Context, Exit } from '../context.js';

type Scripts = Readonly<Record<'bash' | 'zsh' | 'fish', (program: Command) => string>>;

const wordsOf = (command: Command): string => command.options.flatMap(({ long }) => long ?? []).join(' ');

/** Each command with its words: its name and its aliases. */
const casesOf = ({ commands }: Command): string =>
  commands.map((one) => `    ${[one.name(), ...one.aliases()].join('|')}) words="${wordsOf(one)}" ;;`).join('\n');

const namesOf = ({ commands }: Command): string => commands.map((one) => one.name()).join(' ');

const bash = (program: Command): string => `_berth() {
  local word=\${COMP_WORDS[COMP_CWORD]} words
  case \${COMP_WORDS[1]} in
${casesOf(program)}
    *) words="${namesOf(program)} ${wordsOf(program)}" ;;
  esac
  if [ "$COMP_CWORD" = 1 ]; then words="${namesOf(program)} ${wordsOf(program)}"; fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _berth berth
`;

const SCRIPTS: Scripts = {
  bash,
  zsh: (program) => `autoload -U +X bashcompinit && bashcompinit\n${bash(program)}`,
  fish: (program) =>
    program.commands
      .flatMap((one) => [
        `complete -c berth -n __fish_use_subcommand -f -a ${one.name()} -d ${quoted(one.description())}`,
        ...one.options.flatMap(({ long, description }) =>
          long === undefined
            ? []
            : `complete -c berth -n '__fish_seen_subcommand_from ${one.name()}' -l ${long.slice(2)} -d ${quoted(description)}`,
        ),
      ])
      .map((line) => `${line}\n`)
      .join(''),
};

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** Registers the command. */
export function completionCommand(program: Command, context: Context): void {
  program
    .command('completion')
    .description('write the completions for a shell; source <(berth completion bash)')
    .argument('<shell>', 'bash, zsh or fish')
    .action((shell: string) => {
      const script = Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell as keyof Scripts] : undefined;
      if (script === undefined) throw new Exit(1, `${shell} is not a shell that berth knows: bash, zsh or fish`);
      context.out(script(program));
    });
}
