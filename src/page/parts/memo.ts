import type { ComponentType, VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { jsx } from 'preact/jsx-runtime';

/** A component that is drawn again only when one of its properties changes. */
export function memo<Props extends object>(Component: (props: Props) => VNode): ComponentType<Props> {
  return function Memo(props: Props) {
    const last = useRef<{ readonly props: Props; readonly drawn: VNode }>(undefined);
    const known = last.current;
    if (known !== undefined && isSame(known.props, props)) return known.drawn;
    const drawn = jsx(Component as ComponentType<Props>, props) as VNode;
    last.current = { props, drawn };
    return drawn;
  };
}

const isSame = (a: object, b: object): boolean =>
  Object.keys(b).length === Object.keys(a).length &&
  Object.entries(b).every(([key, value]) => (a as Record<string, unknown>)[key] === value);
