/** Marks with different shapes. The word stands beside each, so screen readers skip them. */

import type { ComponentChildren } from 'preact';
import type { Tone } from '../logic/status.js';

const Icon = ({ children, kind }: { readonly children: ComponentChildren; readonly kind?: string }) => (
  <svg class={`icon ${kind ?? ''}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    {children}
  </svg>
);

const TONE_SHAPES: Readonly<Record<Tone, ComponentChildren>> = {
  ready: (
    <>
      <circle class="fill" cx="8" cy="8" r="7" />
      <path class="cut" d="m4.8 8.3 2.2 2.2 4.2-4.7" />
    </>
  ),
  failing: (
    <>
      <path class="fill" d="M8 .9 15.6 14.500H.400z" />
      <path class="cut" d="M8 5.800v4m0 1.900v.6" />
    </>
  ),
  working: (
    <>
      <circle class="line" cx="8" cy="8" r="6" />
      <path class="fill turn" d="M8 8V2a6 6 0 0 1 0 12z" />
    </>
  ),
  unknown: (
    <>
      <circle class="line" cx="8" cy="8" r="6.2" />
      <path class="line" d="M6.1 6.400a1.9 1.9 0 1 1 2.7 1.800c-.6.3-.8.6-.8 1.200m0 1.900v.5" />
    </>
  ),
  stopped: <rect class="line" x="2.5" y="2.5" width="11" height="11" rx="1.5" />,
  leaving: (
    <>
      <circle class="line" cx="8" cy="8" r="6.2" />
      <path class="line" d="M5.5 5.500l5 5m0-5-5 5" />
    </>
  ),
};

export const ToneIcon = ({ tone }: { readonly tone: Tone }) => <Icon kind={`tone ${tone}`}>{TONE_SHAPES[tone]}</Icon>;

export const PlusIcon = () => (
  <Icon>
    <path class="line" d="M8 3v10M3 8h10" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path class="line" d="m4 4 8 8m0-8-8 8" />
  </Icon>
);
export const OpenIcon = () => (
  <Icon kind="small">
    <path class="line" d="M6 4h6v6m0-6-7.5 7.5" />
  </Icon>
);
export const ArrowIcon = () => (
  <Icon kind="small">
    <path class="line" d="M3 8h9.500m-4-4 4 4-4 4" />
  </Icon>
);
export const SortIcon = ({ descending }: { readonly descending: boolean }) => (
  <Icon kind="small">
    <path class="line" d={descending ? 'm4 6 4 4 4-4' : 'm4 10 4-4 4 4'} />
  </Icon>
);

const THEMES: Readonly<Record<'system' | 'light' | 'dark', ComponentChildren>> = {
  system: (
    <>
      <circle class="line" cx="8" cy="8" r="6" />
      <path class="fill" d="M8 2a6 6 0 0 1 0 12z" />
    </>
  ),
  light: (
    <>
      <circle class="line" cx="8" cy="8" r="3" />
      <path
        class="line"
        d="M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1.1 1.1M11.9 11.9 13 13M13 3l-1.1 1.1M4.1 11.9 3 13"
      />
    </>
  ),
  dark: <path class="line" d="M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1z" />,
};

export const ThemeIcon = ({ theme }: { readonly theme: 'system' | 'light' | 'dark' }) => <Icon>{THEMES[theme]}</Icon>;
