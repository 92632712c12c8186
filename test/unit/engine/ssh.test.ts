import { describe, expect, it } from 'vitest';
import { sshAddress, sshArguments } from '../../../src/engine/docker/transport/ssh.js';

const argumentsFor = (text: string): string => {
  const address = sshAddress(text);
  return address === null ? 'none' : sshArguments(address).join(' ');
};

describe('the ssh of an address', () => {
  const OPTIONS = '-T -o BatchMode=yes -o ConnectTimeout=15';
  it.each([
    ['ssh://there', `${OPTIONS} -- there docker system dial-stdio`],
    ['ssh://me@there:2222', `${OPTIONS} -l me -p 2222 -- there docker system dial-stdio`],
    ['ssh://m%40e@[fe80::1]/', `${OPTIONS} -l m@e -- fe80::1 docker system dial-stdio`],
    ['ssh://there/run/my.sock', `${OPTIONS} -- there docker --host unix:///run/my.sock system dial-stdio`],
    ['ssh://-oProxyCommand=reboot', 'none'],
    ['ssh://-oProxyCommand=reboot@there', 'none'],
    ['ssh://%2DoProxyCommand=reboot@there', 'none'],
    ['ssh://%zz@there', 'none'],
    ['ssh://me:secret@there', 'none'],
    ['ssh://there/;reboot', 'none'],
    ['ssh://there/$(reboot)', 'none'],
    ['ssh://there/a?b', 'none'],
    ['ssh:///run/docker.sock', 'none'],
    ['http://there', 'none'],
  ])('%s', (text, expected) => expect(argumentsFor(text)).toBe(expected));
});
