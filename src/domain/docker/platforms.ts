/** Platforms of images by name. Rule: containerd/platforms, `Parse` and `Normalize`. */

const OTHER_SYSTEMS: ReadonlyMap<string, string> = new Map([['macos', 'darwin']]);
const OTHER_ARCHITECTURES: ReadonlyMap<string, string> = new Map([
  ['i386', '386'],
  ['x86_64', 'amd64'],
  ['x86-64', 'amd64'],
  ['aarch64', 'arm64'],
  ['armhf', 'arm/v7'],
  ['armel', 'arm/v6'],
  // As the kernel reports them.
  ['i686', '386'],
  ['armv7l', 'arm/v7'],
  ['armv6l', 'arm/v6'],
]);
/** Variants that every image of the architecture has. */
const USUAL_VARIANTS: ReadonlySet<string> = new Set(['amd64/v1', 'arm64/v8']);
/** Architectures that may be written without a system. */
const ARCHITECTURES: ReadonlySet<string> = new Set(
  '386 amd64 arm arm64 loong64 mips mips64 mips64le mipsle ppc64 ppc64le riscv64 s390x wasm'.split(' '),
);

/** True for a text that Docker accepts as a platform. */
export const isPlatform = (text: string): boolean => /^[\w.-]+(?:\([\w.-]*\))?(?:\/[\w.-]+){0,2}$/.test(text);

/** Returns the usual name of a platform: `Linux/x86_64` is `linux/amd64`, and `arm64` alone `linux/arm64`. */
export function platformName(text: string): string {
  const [first = '', ...rest] = text.toLowerCase().split('/');
  const isArchitecture = ARCHITECTURES.has(first) || OTHER_ARCHITECTURES.has(first);
  const [system, architecture, variant] = isArchitecture ? ['linux', first, ...rest] : [first, ...rest];
  const os = OTHER_SYSTEMS.get(system ?? '') ?? system;
  if (architecture === undefined) return `${os}`;
  const [name, ownVariant] = (OTHER_ARCHITECTURES.get(architecture) ?? architecture).split('/');
  const version = variant ?? ownVariant ?? (name === 'arm' ? 'v7' : undefined);
  const written = version === undefined ? undefined : /^\d/.test(version) ? `v${version}` : version;
  return written === undefined || USUAL_VARIANTS.has(`${name}/${written}`)
    ? `${os}/${name}`
    : `${os}/${name}/${written}`;
}

/** Returns true if an image of this platform is one of the wanted platform; a system alone stands for all of its platforms. */
export const isOfPlatform = (image: string, wanted: string): boolean =>
  image === wanted || (!wanted.includes('/') && image.startsWith(`${wanted}/`));
