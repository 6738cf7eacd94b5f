import { Component, type ReactNode, type RefObject } from "react";
import { type Anchor, anchorOf } from "./places";

interface Props {
  scroller: RefObject<HTMLElement | null>;
  /** Place of the first turn that is drawn. */
  from: number;
  children: ReactNode;
}

/**
 * What is read stays where it is while turns are put above it; not all browsers see to that. A class, because only
 * classes are asked right before the page changes.
 */
export class KeepPlace extends Component<Props> {
  override getSnapshotBeforeUpdate(former: Props): Anchor | null {
    const view = this.props.scroller.current;
    return view && former.from !== this.props.from ? anchorOf(view) : null;
  }

  override componentDidUpdate(_props: Props, _state: unknown, anchor: Anchor | null): void {
    const view = this.props.scroller.current;
    if (!view || !anchor) return;
    const moved = anchor.turn.getBoundingClientRect().top - view.getBoundingClientRect().top - anchor.offset;
    if (moved !== 0) view.scrollTop += moved;
  }

  override render(): ReactNode {
    return this.props.children;
  }
}
