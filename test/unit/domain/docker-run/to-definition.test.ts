import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DefinitionInput } from '../../../../src/domain/definition/definition.js';
import { declare } from '../../../../src/domain/definition/normalize.js';
import { readDockerRun } from '../../../../src/domain/import-export/docker-run/to-definition.js';

function taken(line: string) {
  const read = readDockerRun(line);
  if (!read.ok) throw new Error(read.faults.join('\n'));
  return read;
}

/** `--gpus all unsupported`, of all that is left. */
const left = (line: string): readonly string[] =>
  taken(line).left.map(({ at, value, effect }) => [at, value, effect].filter(Boolean).join(' '));

/** Each begins with its place: `at character 12 (-p x): …`. */
const faults = (line: string): readonly string[] => {
  const read = readDockerRun(line);
  return read.ok ? [] : read.faults;
};

const check = (text: string, more: object = {}) => ({ healthcheck: { command: ['/bin/sh', '-c', text], ...more } });

/** One GPU, as Docker's command line requests it where nobody gives a number. */
const NVIDIA = { driver: 'nvidia', count: 1, capabilities: ['gpu'] };

describe('flags become fields, and nothing is left', () => {
  it.each<[flags: string, input: Partial<DefinitionInput>]>([
    ['', {}],
    ['-d', {}],
    ['--detach=true', {}],
    ['-dP', { publishAll: true }],
    ['-Pd=true', { publishAll: true }],
    ['-P=false', {}],
    ['-p80:80', { ports: ['80:80'] }],
    ['-dp 80:80', { ports: ['80:80'] }],
    ['-p=80:80 -p 81 --publish=127.0.0.1::82/udp', { ports: ['80:80', '81', '127.0.0.1::82/udp'] }],
    ["-p '[::1]:80:80'", { ports: ['[::1]:80:80'] }],
    ['-p 0:5432', { ports: ['0:5432'] }],
    ['-p published=8080,target=80,protocol=udp', { ports: ['8080:80/udp'] }],
    ['-p target=80,mode=host', { ports: [':80/tcp'] }],
    ['--expose 80 --expose 8000-8010/udp', { expose: ['80', '8000-8010/udp'] }],
    ['--link db --link cache:c', { links: ['db', 'cache:c'] }],
    ['--name shop', { name: 'shop' }],
    ['--name shop --name=shop', { name: 'shop' }],
    ['-e A=1 -e B= --env "C=a b=c"', { env: { A: '1', B: '', C: 'a b=c' } }],
    ['-l a=1 --label b', { labels: { a: '1', b: '' } }],
    ['-w /srv -u 1000:1000 -h web.example.com', { workingDir: '/srv', user: '1000:1000', hostname: 'web.example.com' }],
    ['--hostname my_host', { hostname: 'my_host' }],
    ['--hostname mail.example.net.', { hostname: 'mail.example.net.' }],
    ['--workdir= --user "" --hostname=', {}],
    ['--entrypoint /bin/true', { entrypoint: ['/bin/true'] }],
    ['-v data:/d', { volumes: [{ volume: 'data', target: '/d' }] }],
    ['-v data:/d:ro', { volumes: [{ volume: 'data', target: '/d', readOnly: true }] }],
    ['-v data:/d:rw', { volumes: [{ volume: 'data', target: '/d' }] }],
    ['-v /srv/:/d', { volumes: [{ volume: '/srv', target: '/d', createHostPath: true }] }],
    [
      '-v /srv/a/../b:/d:ro,rslave,Z',
      {
        volumes: [
          {
            ...{ volume: '/srv/b', target: '/d', readOnly: true, createHostPath: true },
            ...{ propagation: 'rslave', selinux: 'Z' },
          },
        ],
      },
    ],
    ['--mount type=bind,src=/srv,dst=/d,ro', { volumes: [{ volume: '/srv', target: '/d', readOnly: true }] }],
    [
      '--mount type=bind,src=/srv,dst=/d,bind-propagation=Shared,bind-create-src',
      { volumes: [{ volume: '/srv', target: '/d', createHostPath: true, propagation: 'shared' }] },
    ],
    ['--mount type=volume,src=data,dst=/d', { volumes: [{ volume: 'data', target: '/d' }] }],
    ['--mount source=data,destination=/d,readonly', { volumes: [{ volume: 'data', target: '/d', readOnly: true }] }],
    [`--mount 'source=data,"target=/a,b",ro=0'`, { volumes: [{ volume: 'data', target: '/a,b' }] }],
    ['--network shop', { network: 'shop' }],
    ['--net=bridge', { network: 'bridge' }],
    ['--network default', { network: 'bridge' }],
    ['--network name=shop', { network: 'shop' }],
    ['--net shop --network-alias a --net-alias b', { network: 'shop', networkAliases: ['a', 'b'] }],
    ['--network name=shop,alias=a,alias=b', { network: 'shop', networkAliases: ['a', 'b'] }],
    [
      '--network shop --network name=other,alias=a,ip=10.2.0.9 --network-alias b',
      {
        networks: [
          { name: 'shop', aliases: ['b'] },
          { name: 'other', aliases: ['a'], ipv4Address: '10.2.0.9' },
        ],
      },
    ],
    [
      '--network a1 --network name=b1,gw-priority=2',
      {
        networks: [
          { name: 'b1', aliases: [] },
          { name: 'a1', aliases: [] },
        ],
      },
    ],
    [
      '--network shop --ip 10.2.0.9 --ip6 fd00::9',
      { networks: [{ name: 'shop', aliases: [], ipv4Address: '10.2.0.9', ipv6Address: 'fd00::9' }] },
    ],
    ['--restart always', { restartPolicy: 'always' }],
    ['--restart unless-stopped', { restartPolicy: 'always' }],
    ['--restart on-failure', { restartPolicy: 'on-failure' }],
    ['--restart on-failure:0', { restartPolicy: 'on-failure' }],
    ['--restart=on-failure:5', { restartPolicy: 'on-failure', restartMaxRetries: 5 }],
    [
      '--log-driver local --log-opt max-size=5m --log-opt compress=false',
      { logDriver: 'local', logOptions: { 'max-size': '5m', compress: 'false' } },
    ],
    [
      '--log-driver syslog --log-opt syslog-address=udp://192.0.2.1:514',
      { logDriver: 'syslog', logOptions: { 'syslog-address': 'udp://192.0.2.1:514' } },
    ],
    ['--tmpfs /run --tmpfs /tmp:size=64m,mode=1777', { tmpfs: ['/run', '/tmp:size=64m,mode=1777'] }],
    [
      '--mount type=tmpfs,dst=/cache/,tmpfs-size=1m,tmpfs-mode=0700,readonly',
      { tmpfs: ['/cache:ro,size=1048576,mode=0700'] },
    ],
    ['-v data:/d:nocopy', { volumes: [{ volume: 'data', target: '/d', noCopy: true }] }],
    [
      '--mount src=data,dst=/d,volume-subpath=a/b,volume-nocopy,volume-label=a=1,volume-label=b,volume-driver=local,volume-opt=type=nfs,volume-opt=device=:/x,volume-opt=o=addr=192.0.2.1',
      {
        volumes: [
          {
            ...{ volume: 'data', target: '/d', noCopy: true, subpath: 'a/b', driver: 'local' },
            driverOptions: { type: 'nfs', device: ':/x', o: 'addr=192.0.2.1' },
            labels: { a: '1', b: '' },
          },
        ],
      },
    ],
    ['--log-opt max-size=50m', { logOptions: { 'max-size': '50m' } }],
    ['--health-cmd x --health-start-interval 500ms', check('x', { startIntervalSeconds: 0.5 })],
    ['--restart no', {}],
    ['--restart ""', {}],
    ['-m 512m --cpus 1.5 --pids-limit 100', { resources: { memoryBytes: 536_870_912, cpus: 1.5, pids: 100 } }],
    ['-m 0 --cpus 0 --pids-limit 0', {}],
    ['-m 64m --memory-swap 128m', { resources: { memoryBytes: 67_108_864 }, memorySwap: 134_217_728 }],
    ['-it --init --read-only', { stdinOpen: true, tty: true, init: true, readOnly: true }],
    ['--group-add audio --group-add 5 --domainname lan', { groupAdd: ['audio', '5'], domainname: 'lan' }],
    ['--add-host a=::1 --add-host b:host-gateway', { extraHosts: ['a=::1', 'b:host-gateway'] }],
    [
      '--dns 192.0.2.1 --dns-search . --dns-opt ndots:2',
      { dns: ['192.0.2.1'], dnsSearch: ['.'], dnsOptions: ['ndots:2'] },
    ],
    ['--mac-address 92:d0:c6:0a:29:33', { macAddress: '92:d0:c6:0a:29:33' }],
    ['--cpuset-cpus 0 --cpuset-mems=0 -c 512', { cpusetCpus: '0', cpusetMems: '0', cpuShares: 512 }],
    ['--memory-reservation 64m --blkio-weight 100', { memoryReservation: 67_108_864, blkioWeight: 100 }],
    ['--shm-size 1g --ulimit nofile=9 --ulimit core=-1', { shmSize: 1_073_741_824, ulimits: ['nofile=9', 'core=-1'] }],
    ['--cap-add NET_ADMIN --cap-drop ALL', { capAdd: ['NET_ADMIN'], capDrop: ['ALL'] }],
    ['--device /dev/snd --device-cgroup-rule "c 1:2 r"', { devices: ['/dev/snd'], deviceCgroupRules: ['c 1:2 r'] }],
    [
      '--pid host --ipc none --uts host --userns host',
      { pidMode: 'host', ipcMode: 'none', utsMode: 'host', usernsMode: 'host' },
    ],
    ['--runtime nvidia --platform linux/arm64', { runtime: 'nvidia', platform: 'linux/arm64' }],
    ['--privileged=1 --pids-limit -5', { privileged: true, resources: { pids: -1 } }],
    [
      '--security-opt label:disable --security-opt seccomp=unconfined --security-opt no-new-privileges=true',
      { securityOpt: ['label:disable', 'seccomp=unconfined'] },
    ],
    ['--gpus all', { deviceRequests: [{ count: -1, capabilities: ['gpu'] }] }],
    ['--gpus 2 --gpus driver=nvidia', { deviceRequests: [{ count: 2, capabilities: ['gpu'] }, NVIDIA] }],
    [
      `--gpus '"device=0,GPU-1",capabilities=compute,"options=a=b,c"'`,
      { deviceRequests: [{ deviceIds: ['0', 'GPU-1'], capabilities: ['compute', 'gpu'], options: { a: 'b', c: '' } }] },
    ],
    ['--device nvidia.com/gpu=all', { deviceRequests: [{ driver: 'cdi', deviceIds: ['nvidia.com/gpu=all'] }] }],
    ['--ipc private --oom-score-adj -9', { oomScoreAdj: -9 }],
    ['--sysctl net.core.somaxconn=9', { sysctls: { 'net.core.somaxconn': '9' } }],
    ['--memory-swap -1', { memorySwap: -1 }],
    ['--network host --expose 80', { network: 'host', expose: ['80'] }],
    ['--net none', { network: 'none' }],
    ['--net container:db', { network: 'container:db' }],
    ['--pull always', { pullPolicy: 'always' }],
    ['--stop-signal INT --stop-timeout 60', { stopSignal: 'INT', stopTimeoutSeconds: 60 }],
    ['--health-cmd "curl -f http://localhost/ || exit 1"', check('curl -f http://localhost/ || exit 1')],
    [`--health-cmd '["CMD", "true"]'`, check('["CMD", "true"]')],
    ["--health-cmd 'CMD true'", check('CMD true')],
    ['--health-cmd NONE', check('NONE')],
    ['--no-healthcheck', { healthcheck: { command: [] } }],
    ['--health-cmd true --health-interval 1m30s', check('true', { intervalSeconds: 90 })],
    ['--health-cmd true --health-timeout 500ms', check('true', { timeoutSeconds: 0.5 })],
    ['--health-cmd true --health-retries 3', check('true', { retries: 3 })],
    ['--health-cmd true --health-start-period 0s', check('true')],
    ['--no-healthcheck', { healthcheck: { command: [] } }],
    ['--no-healthcheck --health-interval 0s', { healthcheck: { command: [] } }],
    ['--privileged=false --init=0 --shm-size 64m --log-driver json-file --ipc private', {}],
    ['--security-opt no-new-privileges --memory-swappiness -1 --cpu-shares 0 --disable-content-trust', {}],
    ['--', {}],
  ])('%s', (flags, input) => {
    const read = taken(`docker run ${flags} mysql`);
    expect(read.input).toEqual({ image: 'mysql', restartPolicy: 'no', ...input });
    expect(read.left).toEqual([]);
    expect(declare(read.input).ok).toBe(true);
  });

  it.each<[line: string, input: Partial<DefinitionInput>]>([
    ['docker run mysql mysqld --verbose -p 80', { command: ['mysqld', '--verbose', '-p', '80'] }],
    ['docker run -- mysql -d', { command: ['-d'] }],
    ['docker run mysql -- x', { command: ['--', 'x'] }],
    [`docker run mysql sh -c 'exec "$0"' ''`, { command: ['sh', '-c', 'exec "$0"', ''] }],
    ['docker run --entrypoint sh mysql -c true', { entrypoint: ['sh'], command: ['-c', 'true'] }],
    ['docker container run -e A=1 mysql', { env: { A: '1' } }],
    ['docker create mysql', { state: 'stopped' }],
    ['docker container create mysql', { state: 'stopped' }],
    ['/usr/bin/docker run mysql', {}],
    ['$ docker run mysql', {}],
    ['# docker run mysql', {}],
    ['root@docker-test:/home/roach# docker run mysql', {}],
    ['  you@host:~/src$ docker run mysql', {}],
    ['[me@host ~]$ docker run mysql', {}],
    ['(venv) me@host:~$ docker run mysql', {}],
    ['PS C:\\Users\\me> docker run mysql', {}],
    ['C:\\Users\\me>docker run mysql', {}],
    ['> docker run mysql', {}],
    ['$ docker run \\\n>   -e A=1 \\\n> mysql', { env: { A: '1' } }],
    ['docker run --name=ab `#optional` -e A=1 mysql', { name: 'ab', env: { A: '1' } }],
    ['docker run mysql;', {}],
    ['docker.exe run mysql', {}],
    ['nohup time docker run mysql', {}],
    [`docker run sha256:${'ab'.repeat(32)}`, { image: `sha256:${'ab'.repeat(32)}` }],
    ['# what it is for\ndocker run \\\n  -e A=1 mysql', { env: { A: '1' } }],
    ['docker run -d \\\r\n  mysql # as ever\r\n', {}],
  ])('%j', (line, input) => {
    const read = taken(line);
    expect(read.input).toEqual({ image: 'mysql', restartPolicy: 'no', ...input });
    expect(read.left).toEqual([]);
  });
});

describe('what can not be had is listed, in the order of the line', () => {
  it.each<[flags: string, ...left: string[]]>([
    ['--cgroup-parent a --kernel-memory 1g', '--cgroup-parent a unsupported', '--kernel-memory 1g unsupported'],
    ['--oom-kill-disable=1', '--oom-kill-disable 1 unsupported'],
    ['--security-opt seccomp=chrome.json', '--security-opt seccomp=chrome.json unsupported'],
    ['--rm -a stdout --cidfile=x -q', '--rm ignored', '-a stdout ignored', '--cidfile x ignored', '-q ignored'],
    ['-d=false', '-d false ignored'],
    ['-e HOME', '-e HOME unsupported'],
    ['-e A=1 -e A=2 -e A=2', '-e A=1 ignored'],
    ['-l a=1 --label a=', '-l a=1 ignored'],
    ['--name web --name shop', '--name web ignored'],
    ['-v ./srv:/d:ro', '-v ./srv:/d:ro unsupported'],
    ['-v /d', '-v /d unsupported'],
    ['-v data:/d:Z,nocopy', '-v data:/d:Z,nocopy ignored'],
    ['-v /srv:/d:cached', '-v /srv:/d:cached ignored'],
    ['--mount type=bind,src=./srv,dst=/d', '--mount type=bind,src=./srv,dst=/d unsupported'],
    [
      '--mount type=bind,src=/srv,dst=/d,bind-recursive=disabled',
      '--mount type=bind,src=/srv,dst=/d,bind-recursive=disabled unsupported',
    ],
    ['--mount target=/d', '--mount target=/d unsupported'],
    ['--network host -p 80:80 -P', '-p 80:80 ignored', '-P ignored'],
    ['--net none -p 80:80', '-p 80:80 ignored'],
    [
      '--network name=shop,mac-address=92:d0:c6:0a:29:33',
      '--network name=shop,mac-address=92:d0:c6:0a:29:33 unsupported',
    ],
    ['--ip 10.2.0.9', '--ip 10.2.0.9 unsupported'],
    ['--stop-timeout -1', '--stop-timeout -1 unsupported'],
    ['--stop-timeout 3601', '--stop-timeout 3601 unsupported'],
    ['--entrypoint ""', '--entrypoint unsupported'],
    ['--health-interval 5s', '--health-interval 5s unsupported'],
    ['--ipc shareable', '--ipc shareable ignored'],
    ['--ipc container:a', '--ipc container:a unsupported'],
  ])('%s', (flags, ...notes) => {
    expect(left(`docker run ${flags} mysql`)).toEqual(notes);
  });

  it.each<[line: string, ...left: string[]]>([
    ['docker run -e URL=http://x?a=b mysql', '-e URL=http://x?a=b ignored'],
    ['docker run -p [::1]:8080:80 mysql', '-p [::1]:8080:80 ignored'],
    ['docker run mysql a*', 'a* ignored'],
    ['docker run mysql -p 80:80 --name=x -v data:/d', '-p 80:80 ignored', '--name x ignored', '-v data:/d ignored'],
    ['docker run mysql -c max_connections=200'],
    ['docker run mysql mysqld -p 80'],
    ['docker run mysql --verbose --port 3306'],
    ['docker run mysql &', '& ignored'],
    ['docker run ^\n -d ^\n mysql', '^ ignored'],
    ['docker run -v C:\\data:/d mysql', '-v C:data:/d unsupported'],
    [`docker run -v 'C:\\data:/d:ro' mysql`, '-v C:\\data:/d:ro unsupported'],
    ['podman run --cgroupns host mysql', 'podman ignored', '--cgroupns host unsupported'],
    ['nerdctl container run mysql', 'nerdctl ignored'],
    ['podman run --replace --tz local -d mysql', 'podman ignored', '--replace unsupported', '--tz local unsupported'],
    ['sudo -u me --group=docker docker run mysql', 'sudo ignored'],
    ['docker --verbose run mysql', '--verbose unsupported'],
    ['docker --xyzzy a run mysql', '--xyzzy a unsupported'],
    ['docker run --xyzzy mysql', '--xyzzy unsupported'],
    ['docker run --xyzzy a mysql', '--xyzzy a unsupported'],
    ['docker run --xyzzy mysql:8 sh', '--xyzzy unsupported'],
    ['docker run --xyzzy=a -d mysql', '--xyzzy a unsupported'],
    ['docker run --publsh 80:80 mysql', '--publsh 80:80 unsupported'],
    ['docker run -name web mysql', '-name web unsupported'],
    ['docker run -dz mysql', '-z unsupported'],
  ])('%j', (line, ...notes) => {
    expect(left(line)).toEqual(notes);
    expect(taken(line).input.image).toMatch(/^mysql/);
  });

  it('and a flag that is like another one says which', () => {
    expect(taken('docker run --publsh 80:80 mysql').left[0]?.reason).toContain('did you mean --publish?');
  });

  it.each(['-v C:\\data:/d', '-v C:/data:/d', '-v \\\\server\\share:/d', "-v '\\\\server\\share:/d'"])(
    'and a path of Windows is named as one: %s',
    (flag) => {
      expect(taken(`docker run ${flag} mysql`).left[0]?.reason).toContain('a path on a Windows host');
    },
  );

  it('and a volume or link that is given twice counts once, in every spelling of its flag', () => {
    expect(taken('docker run -v data:/d --volume data:/d --link db --link db mysql').input).toMatchObject({
      volumes: [{ volume: 'data', target: '/d' }],
      links: ['db'],
    });
  });

  it.each([
    ['-v ./data:/d', '/srv/shop/data'],
    ['-v ../data:/d', '/srv/data'],
    ['-v .:/d', '/srv/shop'],
    ['-v ~/data:/d', '/home/me/data'],
    ['-v "$PWD/data:/d"', '/srv/shop/data'],
    ['-v $(pwd)/data:/d', '/srv/shop/data'],
    ['-v "$(pwd)":/d', '/srv/shop'],
    ['-v ../../../etc:/d', '/etc'],
    ['--mount type=bind,src=.,dst=/d', '/srv/shop'],
  ])('and a relative path is that in the directory of the command: %s', (flags, volume) => {
    const read = readDockerRun(`docker run ${flags} mysql`, { HOME: '/home/me' }, '/srv/shop');
    expect(read).toMatchObject({ ok: true, input: { volumes: [{ volume, target: '/d' }] }, left: [] });
  });

  it('and without a home directory ~ is the directory of the command', () => {
    const read = readDockerRun('docker run -v ~/data:/d mysql', {}, '/srv/shop');
    expect(read).toMatchObject({ ok: true, input: { volumes: [{ volume: '/srv/shop/data' }] } });
  });

  it.each(['C:\\data', 'C:/data', "'\\\\server\\share'"])('and so is the source of a mount: %s', (source) => {
    const run = readDockerRun(`docker run --mount type=bind,source=${source},target=/d mysql`);
    expect(run).toMatchObject({ ok: false, faults: [expect.stringContaining('is a path on a Windows host')] });
  });

  it('and what came before docker run is too', () => {
    expect(left('DOCKER_HOST=tcp://far A=1 sudo -E docker -H tcp://far --context=x run -e A mysql')).toEqual([
      'DOCKER_HOST tcp://far ignored',
      'A 1 ignored',
      'sudo ignored',
      '-H tcp://far ignored',
      '--context x ignored',
    ]);
  });

  it('and a variable that the line itself sets has its value', () => {
    expect(taken('A=1 B=2 docker run -e A -e B mysql').input.env).toEqual({ A: '1', B: '2' });
    expect(taken('A=1 sudo -E B=2 docker run -e A -e B mysql').input.env).toEqual({ A: '1', B: '2' });
  });

  it('and variables of the shell have the values that came with the line', () => {
    const env = { DATA: 'files', TAG: '8', HOME: '/home/me', TOKEN: 'secret' };
    const line = 'docker run -v ${DATA}:/d -v ${OTHER:-more}:/m -e HERE="$HOME/x" -e TOKEN -e GONE mysql:$TAG ~';
    expect(readDockerRun(line, env)).toMatchObject({
      ok: true,
      input: {
        image: 'mysql:8',
        volumes: [
          { volume: 'files', target: '/d' },
          { volume: 'more', target: '/m' },
        ],
        env: { HERE: '/home/me/x', TOKEN: 'secret' },
        command: ['/home/me'],
      },
      left: [{ at: '-e', value: 'GONE', reason: 'GONE is not set: send it in env, or write -e GONE=value' }],
    });
    expect(readDockerRun('TOKEN=own docker run -e TOKEN mysql', env)).toMatchObject({
      input: { env: { TOKEN: 'own' } },
    });
  });

  it('and one that sudo takes away has none', () => {
    expect(left('A=1 sudo B=2 docker run -e A -e B mysql').at(-1)).toBe('-e A unsupported');
  });

  it('and volumes, networks and policies are taken as far as they can be', () => {
    const { input } = taken(
      'docker run --mount src=data,dst=/d,volume-subpath=x --network name=shop,mac-address=92:d0:c6:0a:29:33 --restart on-failure:3 mysql',
    );
    expect(input).toMatchObject({ volumes: [{ volume: 'data' }], network: 'shop', restartPolicy: 'on-failure' });
  });
});

describe('what is wrong is told with its place, all of it at once', () => {
  it.each<[line: string, ...faults: string[]]>([
    ['', 'at character 1: the command is missing; write docker run'],
    ['   ', 'at character 4: the command is missing'],
    ['docker', 'at character 1 (docker): the docker command is missing'],
    ['docker run', 'at character 11: there is no image; write docker run'],
    ['docker run -d', 'at character 14: there is no image'],
    ['docker ps', 'at character 8 (ps): only docker run and docker create can be imported, not docker ps'],
    [
      'docker compose up',
      'at character 8 (compose): only a single docker run can be imported here; send a Compose file to POST /v1/import',
    ],
    ['dokcer run mysql', 'at character 1 (dokcer): this is not a docker command'],
    ['sudo -u me ls run mysql', 'at character 12 (ls): this is not a docker command'],
    ['docker run –name web mysql', 'at character 12 (–name): –name begins with U+2013: write --name'],
    ['docker run —name=web mysql', 'at character 12 (—name=web): —name=web begins with U+2014: write --name=web'],
    ['docker run –d −p 80:80 mysql', '–d begins with U+2013: write -d', '−p begins with U+2212: write -p'],
    [
      'docker run -d \\ \n -p 80:80 mysql',
      'at character 15 (\\): this backslash is not the last character of its line',
    ],
    ['docker run -v /a:/b \\ # or so\n mysql', 'at character 21 (\\): this backslash is not the last character'],
    ['docker run -e A=$DATA mysql', 'at character 17 ($DATA): DATA is not set: send it in env'],
    ['docker run --mount src=/etc,dst=/d mysql', `--mount: "/etc" is not a volume name; mount a host path with`],
    ['docker run --mount type=volume,src=/etc,dst=/d mysql', `--mount: "/etc" is not a volume name`],
    ['docker run --mount type=volume,src=../etc,dst=/d mysql', `--mount: "../etc" is not a volume name`],
    ['docker run --mount type=tmpfs,src=/etc,dst=/d mysql', "--mount: a tmpfs can't have a source"],
    [
      'docker run -a invalid mysql',
      'at character 12 (-a invalid): -a: Docker rejects "invalid": it is not one of stdin',
    ],
    ['docker run --attach stdin --detach mysql', 'at character 12 (--attach stdin): --attach: nothing can be attached'],
    ['docker run --detach-keys shift-a mysql', '--detach-keys: Docker rejects "shift-a": write keys such as'],
    [
      'docker run --network name=n1,alias=a --network-alias b mysql',
      '--network-alias: the network already has its own',
    ],
    ['docker run --network name=n1,ip=10.0.0.1 --ip 10.0.0.2 mysql', '--ip: the network already has its own'],
    ['docker run --network n1 --network host mysql', "--network: user-defined networks can't be c"],
    ['docker run --network n1 --network n1 mysql', '--network: the network "n1" is given twice'],
    [`docker run --label ' = ' mysql`, `--label: Docker rejects " = ": the key is missing`],
    [`docker run --label 'a b=c' mysql`, `--label: Docker rejects "a b=c": the key contains white space`],
    ['docker run --log-driver none --log-opt a=b mysql', 'the log driver none has no options'],
    ['docker run -m 64m --memory-swap 32m mysql', 'memorySwap is the total of memory and swap'],
    ['docker run --no-healthcheck --health-start-interval 5s mysql', "--no-healthcheck: it can't be combined with"],
    ['docker run -v data:/d:ro,rw mysql', "-v: ro and rw can't be combined"],
    ['docker run -v /srv:d mysql', '-v: the target "d" must be an absolute path'],
    ['docker run -v ../ mysql', '-v: "../" must be an absolute path in the container'],
    ['docker run -v %cd%:/d mysql', `-v: "%cd%" is a variable of the Windows command prompt`],
    [
      'docker run --restart=unless-stopped:3 mysql',
      'only on-failure can have a number; write unless-stopped alone, or on-failure:3',
    ],
    ['docker run -p 0-5:80 mysql', 'to have Berth pick a host port, write 80 alone'],
    ['docker run -p 80:0 mysql', 'is not between 1 and 65535'],
    ['docker run -p', 'at character 12 (-p): -p needs a value after it'],
    ['docker create -d mysql', 'at character 15 (-d): -d is not a flag of docker create'],
    ['docker run -d=x mysql', 'at character 12 (-d=x): -d: "x" is not a boolean; write true or false'],
    ['docker run --cpus x mysql', 'at character 12 (--cpus x): --cpus: "x" is not a number'],
    ['docker run -m -1 mysql', 'at character 12 (-m -1): -m: "-1" is not a size'],
    ['docker run --blkio-weight -1 mysql', 'at character 12 (--blkio-weight -1): --blkio-weight: -1 is less than 0'],
    [
      'docker run --health-interval 5 mysql',
      'at character 12 (--health-interval 5): --health-interval: "5" is not a duration',
    ],
    [
      'docker run --health-interval -5s mysql',
      "at character 12 (--health-interval -5s): --health-interval: it can't be neg",
    ],
    ['docker run --help mysql', 'at character 12 (--help): --help: it prints the usage'],
    ['docker run --rm --restart always mysql', "at character 12 (--rm): --rm: it can't be combined with --restart"],
    [
      'docker run --no-healthcheck --health-cmd a mysql',
      "at character 12 (--no-healthcheck): --no-healthcheck: it can't be c",
    ],
    [
      'docker run --restart never mysql',
      'at character 12 (--restart never): --restart: "never" is not a restart policy',
    ],
    ['docker run --restart :3 mysql', 'at character 12 (--restart :3): --restart: ":3" is not a restart policy'],
    [
      'docker run --restart always:3 mysql',
      'at character 12 (--restart always:3): --restart: only on-failure can have a',
    ],
    ['docker run --pull often mysql', 'at character 12 (--pull often): --pull: "often" is not one of always, missing'],
    ['docker run -e =1 mysql', 'at character 12 (-e =1): -e: Docker rejects "=1": the variable has no name'],
    ['docker run -e __proto__=1 mysql', 'at character 12 (-e __proto__=1): -e: __proto__ is not an allowed name'],
    ['docker run -v data:b:c:d mysql', 'at character 12 (-v data:b:c:d): -v: "data:b:c:d" is not a volume'],
    ['docker run -v data:/d:what mysql', 'at character 12 (-v data:/d:what): -v: "what" is not an option of such a'],
    ['docker run -v data:d mysql', 'at character 12 (-v data:d): the target must be an absolute path'],
    ['docker run --mount src=data mysql', 'at character 12 (--mount src=data): --mount: the target is missing'],
    ['docker run --mount x=1,dst=/d mysql', 'at character 12 (--mount x=1,dst=/d): --mount: "x" is not a field of a'],
    ['docker run --mount src,dst=/d mysql', 'at character 12 (--mount src,dst=/d): --mount: src needs a value'],
    ['docker run --mount type=x,dst=/d mysql', 'at character 12 (--mount type=x,dst=/d): --mount: "x" is not a type'],
    ['docker run --mount src=a,dst=/d,ro=x mysql', 'at character 12 (--mount src=a,dst=/d,ro=x): --mount: ro: "x" is'],
    [
      'docker run --mount src=ab,dst=/d,tmpfs-size=1 mysql',
      'at character 12 (--mount src=ab,dst=/d,tmpfs-size=1): --mou',
    ],
    ['docker run --network name=a,x=1 mysql', 'at character 12 (--network name=a,x=1): --network: "x=1" is not a part'],
    ['docker run --network "" mysql', 'at character 12 (--network ""): --network: the name of the network is missing'],
    [
      'docker run -d --network-alias a mysql',
      "at character 15 (--network-alias a): the default bridge doesn't resolve names",
    ],
    ['docker run -p published=1,x mysql', 'at character 12 (-p published=1,x): -p: "x" is not a part of a published'],
    ['docker run --name x mysql', 'at character 12 (--name x): "x": a name has 2 to 255'],
    ['docker run -h "a b" mysql', 'at character 12 (-h "a b"): the host name "a b" contains white space'],
    ['docker run Mysql', 'at character 12 (Mysql): "Mysql": the path "library/Mysql" must be lower case'],
  ])('%j', (line, ...expected) => {
    const told = faults(line);
    expect(told).toHaveLength(expected.length);
    for (const [index, fault] of expected.entries()) expect(told[index]).toContain(fault);
  });

  it('in the order of the line', () => {
    const line = 'docker run -p 80x --volume data:d -e $A --name x --link a:b:c mysql sh; rm -rf /';
    expect(faults(line).map((fault) => fault.slice(0, fault.indexOf(':')))).toEqual([
      'at character 12 (-p 80x)',
      'at character 19 (--volume data',
      'at character 38 ($A)',
      'at character 41 (--name x)',
      'at character 50 (--link a',
      'at character 71 (;)',
    ]);
  });

  it('but not what may be right once the shell has done its part', () => {
    expect(faults('docker run -p $PORT:80 --name "$NAME" mysql')).toEqual([
      expect.stringContaining('at character 15 ($PORT)'),
      expect.stringContaining('at character 32 ($NAME)'),
    ]);
  });

  it('of what belongs together at the later of them', () => {
    const [fault, ...more] = faults('docker run -p 80:80 -p 80:81 mysql');
    expect(fault).toContain('at character 21 (-p 80:81): 80:81 needs the same host port');
    expect(more).toEqual([]);
  });

  it('of lists that are too long at the first that is too much', () => {
    const line = `docker run ${'--link db:x '.repeat(257)}mysql`.replace(/x /g, (_, at: number) => `x${at} `);
    expect(faults(line)).toEqual([
      expect.stringMatching(/^at character \d+ \(--link db:x\d+\): there are 257 of them/),
    ]);
    expect(faults(`docker run mysql ${'x '.repeat(1025)}`)).toEqual([expect.stringContaining('at most 1024')]);
  });

  it('of ports that are too many at the first of them', () => {
    const line = 'docker run -d -p 1-4000:1-4000 -p 5001-5100:5001-5100 mysql';
    expect(faults(line)).toEqual([
      expect.stringMatching(/^at character 15 \(-p 1-4000:1-4000\): this expands to 4100 ports/),
    ]);
  });

  it('up to a hundred', () => {
    const told = faults(`docker run ${'-p x '.repeat(150)}mysql`);
    expect(told).toHaveLength(101);
    expect(told.at(-1)).toBe('there are 50 more');
  });
});

/** Texts that can be an argument, and their quoted forms. */
const argument = fc.string({ unit: fc.constantFrom(...'ab c\'"$\\*~;|#=,:-/é\n'), maxLength: 8 });
const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
const name = fc.stringMatching(/^[a-z][a-z0-9_.-]{1,10}$/);
const port = fc.integer({ min: 1, max: 65_535 });

/** A flag in one of its forms. */
const form = (long: string, short?: string) => (value: string) =>
  fc.constantFrom(
    ...[`--${long} ${quoted(value)}`, `--${long}=${quoted(value)}`],
    ...(short === undefined || value.startsWith('=')
      ? []
      : [`-${short} ${quoted(value)}`, `-${short}=${quoted(value)}`]),
  );

/** Parts of a definition, with a text that declares them. */
const part = fc.oneof(
  fc
    .tuple(name, argument)
    .chain(([key, value]) =>
      form('env', 'e')(`${key}=${value}`).map((text) => ({ text, input: { env: { [key]: value } } })),
    ),
  fc
    .tuple(name, argument)
    .chain(([key, value]) =>
      form('label', 'l')(`${key}=${value}`).map((text) => ({ text, input: { labels: { [key]: value } } })),
    ),
  fc
    .tuple(port, port)
    .chain(([host, inside]) =>
      form('publish', 'p')(`${host}:${inside}`).map((text) => ({ text, input: { ports: [`${host}:${inside}`] } })),
    ),
  name.chain((source) => form('link')(source).map((text) => ({ text, input: { links: [source] } }))),
  fc
    .constantFrom('-P', '--publish-all', '-dP', '-Pd', '-P=true')
    .map((text) => ({ text, input: { publishAll: true } })),
  fc.constantFrom('-d', '--detach', '-d=1').map((text) => ({ text, input: {} })),
);

describe('for all lines', () => {
  it('what is written is what is read, in whatever form and order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(part, { maxLength: 6, selector: ({ input }) => JSON.stringify(Object.values(input)[0] ?? 0) }),
        fc.array(argument, { maxLength: 4 }),
        fc.constantFrom(' ', ' \\\n  '),
        (parts, args, gap) => {
          const line = ['docker run', ...parts.map(({ text }) => text), 'mysql', ...args.map(quoted)].join(gap);
          const read = readDockerRun(line);
          // Two parts may be impossible together, and then nothing is read.
          if (!read.ok) {
            expect(read.faults.every((fault) => /host port|alias|already/.test(fault))).toBe(true);
            return;
          }
          const all = (key: 'ports' | 'links') => parts.flatMap(({ input }) => input[key as keyof typeof input] ?? []);
          const map = (key: 'env' | 'labels') =>
            Object.assign({}, ...parts.map(({ input }) => input[key as keyof typeof input]));
          const { input } = read;
          expect({ ports: [], links: [], env: {}, labels: {}, publishAll: false, command: [], ...input }).toEqual({
            ...{ image: 'mysql', restartPolicy: 'no', command: args },
            ...{ ports: all('ports'), links: all('links'), env: map('env'), labels: map('labels') },
            publishAll: parts.some(({ input: one }) => 'publishAll' in one),
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('however strange, there is an answer, and a definition that is read can be declared', () => {
    const word = fc.oneof(
      fc.constantFrom(
        'docker',
        'run',
        'mysql',
        '-p',
        '-d',
        '-v',
        '--',
        '-e',
        '--mount',
        '--net',
        '-m',
        '--name',
        '--restart',
      ),
      fc.constantFrom(
        '80:80',
        'A=1',
        'a:/b',
        'type=bind',
        '$A',
        "'",
        '"',
        '\\',
        '\n',
        ';',
        '512m',
        '=',
        '-',
        '--x=',
        '-it',
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    );
    const line = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(
        fc.oneof(
          line,
          line.map((rest) => `docker run ${rest} mysql`),
        ),
        (text) => {
          const read = readDockerRun(text);
          if (read.ok) expect(declare(read.input).ok).toBe(true);
          else expect(read.faults.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

it.each([
  ['docker run -e PASSWORD=s3cret{a,b} x', 'PASSWORD=…'],
  ['docker run --env=PASSWORD=s3cret{a,b} x', '--env=PASSWORD=…'],
  ['docker run -de "PASSWORD=s3cret"{a,b} x', '"PASSWORD=…'],
  ['PASSWORD=s3cret{a,b} docker run x', 'PASSWORD=…'],
  ['docker run -e PASSWORD=s3cret$(x) x', 'character'],
  [`docker run -e 'PASSWORD=s3cret\\0' -e PASSWORD="s3cret\0" x`, 'PASSWORD=…'],
])('a fault of %s repeats no value of a variable', (line, place) => {
  const run = readDockerRun(line);
  const faults = run.ok ? '' : run.faults.join('\n');
  expect(faults).toContain(place);
  expect(faults).not.toContain('s3cret');
});

describe('files that the line names', () => {
  const read = (line: string, files: Readonly<Record<string, string>>, env = {}) => {
    const run = readDockerRun(`docker run ${line} mysql`, env, undefined, files);
    if (!run.ok) return { faults: run.faults };
    const { env: variables, labels } = run.input;
    return { ...(variables && { env: variables }), ...(labels && { labels }), left: run.left.map(({ at }) => at) };
  };
  const PROD = { 'prod.env': '# secrets\nA=1\nB=two words\n\nC\nD="x"\n' };

  it.each<[line: string, files: Readonly<Record<string, string>>, env: object, expected: object]>([
    ['--env-file prod.env', PROD, {}, { env: { A: '1', B: 'two words', D: '"x"' }, left: [] }],
    ['--env-file ./prod.env', PROD, { C: '3' }, { env: { A: '1', B: 'two words', C: '3', D: '"x"' }, left: [] }],
    ['--env-file prod.env -e A=9', { 'prod.env': 'A=1' }, {}, { env: { A: '9' }, left: [] }],
    ['-e A=9 --env-file prod.env', { 'prod.env': 'A=1\nB=2' }, {}, { env: { A: '9', B: '2' }, left: [] }],
    ['--env-file a --env-file b', { a: 'A=1\nB=1', b: 'B=2' }, {}, { env: { A: '1', B: '2' }, left: ['--env-file'] }],
    ['--label-file l --label a=9', { l: 'a=1\nb=2' }, {}, { labels: { a: '9', b: '2' }, left: [] }],
    ['--env-file absent.env', PROD, {}, { left: ['--env-file'] }],
  ])('%s', (line, files, env, expected) => {
    expect(read(line, files, env)).toEqual(expected);
  });

  it('names the line of a fault, and not its text', () => {
    expect(read('--env-file prod.env', { 'prod.env': 'A=1\nBAD NAME=secret' })).toEqual({
      faults: [
        'at character 12 (--env-file prod.env): --env-file: line 2 of the file has white space in the name of a variable; write NAME=value',
      ],
    });
  });

  it('says which text to send for one that was not sent', () => {
    const run = readDockerRun('docker run --env-file ../x.env mysql');
    expect(run.ok && run.left).toMatchObject([
      { at: '--env-file', value: '../x.env', effect: 'unsupported', reason: expect.stringContaining('"../x.env"') },
    ]);
  });
});
