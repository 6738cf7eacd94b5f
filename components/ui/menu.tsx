"use client";

import { Check } from "lucide-react";
import {
  type KeyboardEvent,
  type ReactNode,
  type ToggleEvent,
  useEffect,
  useId,
  useRef,
  useState,
} from "react";
import { flushSync } from "react-dom";
import { cx } from "./cx";
import { itemFor } from "./menu-keys";

interface MenuProps {
  /** Names the menu for screen readers, and the button where that shows no words. */
  label: string;
  /** What the button shows: an icon, or words with `worded`. */
  trigger: ReactNode;
  worded?: boolean;
  triggerClassName?: string;
  /** The side of the button that the menu is flush with. */
  align?: "start" | "end";
  /** MenuItem, MenuRadio, MenuGroup, MenuSeparator. */
  children: ReactNode;
}

/**
 * A button with a menu, after the ARIA menu button pattern: arrows, Home, End and letters move, Esc gives up.
 * The browser's popover lays it above everything and gives the focus back.
 */
export function Menu({
  label,
  trigger,
  worded = false,
  triggerClassName,
  align = "end",
  children,
}: MenuProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  useHiddenByScroll(open, button, menu);

  const beforeToggle = (event: ToggleEvent<HTMLDivElement>) => {
    if (event.newState !== "open" || !button.current) return;
    flushSync(() => setOpen(true));
    // The browser puts the focus on it in the same moment as it shows the menu, not an event later.
    itemFor("Home", event.currentTarget)?.setAttribute("autofocus", "");
    place(event.currentTarget, button.current.getBoundingClientRect(), align);
  };
  const pressed = (event: KeyboardEvent<HTMLDivElement>) => {
    if (event.key === "Tab") return event.currentTarget.hidePopover();
    const item = itemFor(event.key, event.currentTarget);
    if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    item.focus();
  };
  const triggerPressed = (event: KeyboardEvent<HTMLButtonElement>) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    menu.current?.showPopover();
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-label={worded ? undefined : label}
        onKeyDown={triggerPressed}
        className={triggerClassName}
      >
        {trigger}
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        tabIndex={-1}
        aria-label={label}
        onBeforeToggle={beforeToggle}
        onToggle={(event) => event.newState === "closed" && setOpen(false)}
        onKeyDown={pressed}
        className="fixed inset-auto m-0 max-h-[60dvh] min-w-48 max-w-[calc(100vw-1rem)] overflow-y-auto rounded-md border border-control bg-surface p-1 text-sm text-ink opacity-0 transition-[opacity,display,overlay] transition-discrete duration-180 ease-out open:opacity-100 starting:open:opacity-0"
      >
        {open && children}
      </div>
    </>
  );
}

const ITEM =
  "flex h-9 w-full items-center gap-2.5 rounded-sm px-2.5 text-left whitespace-nowrap outline-none hover:bg-raised focus:bg-raised focus-visible:outline-2 focus-visible:-outline-offset-2 pointer-coarse:h-11";

interface MenuItemProps {
  /** 16 px. */
  icon?: ReactNode;
  danger?: boolean;
  onSelect: () => void;
  children: ReactNode;
}

/** Closes the menu, gives the focus back, then does what it says. */
export function MenuItem({ icon, danger, onSelect, children }: MenuItemProps) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
        onSelect();
      }}
      className={cx(ITEM, danger && "text-danger")}
    >
      {icon}
      {children}
    </button>
  );
}

/** One of several choices, within a MenuGroup; the menu stays open, unless it `closes`. */
export function MenuRadio(props: {
  checked: boolean;
  closes?: boolean;
  lang?: string;
  onSelect: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      role="menuitemradio"
      aria-checked={props.checked}
      lang={props.lang}
      tabIndex={-1}
      onClick={(event) => {
        if (props.closes) event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
        props.onSelect();
      }}
      className={ITEM}
    >
      <Check size={16} aria-hidden="true" className={props.checked ? "text-accent" : "invisible"} />
      {props.children}
    </button>
  );
}

export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset may not stand in a menu
    <div
      role="group"
      aria-labelledby={id}
      className="not-first:mt-1 not-first:border-line not-first:border-t not-first:pt-1"
    >
      <p id={id} className="px-2.5 pt-1.5 pb-1 text-muted text-xs">
        {label}
      </p>
      {children}
    </div>
  );
}

export function MenuSeparator() {
  return <hr className="my-1 border-line" />;
}

/** So much is left free between a menu and the window's edge. Pixels. */
const EDGE = 8;

/** Below the button, or above it in the lower half of the window; flush with it as far as there is room. */
function place(menu: HTMLElement, button: DOMRect, align: "start" | "end"): void {
  const above = button.top > innerHeight / 2;
  const most = innerWidth - EDGE - widthOf(menu);
  const px = (distance: number) => `${Math.max(EDGE, distance)}px`;
  menu.style.top = above ? "auto" : px(button.bottom + 4);
  menu.style.bottom = above ? px(innerHeight - button.top + 4) : "auto";
  menu.style.left = align === "start" ? px(Math.min(most, button.left)) : "auto";
  menu.style.right = align === "end" ? px(Math.min(most, innerWidth - button.right)) : "auto";
}

/** Of a menu that is not shown yet. */
function widthOf(menu: HTMLElement): number {
  Object.assign(menu.style, { display: "block", transition: "none", left: "0", right: "auto" });
  const { offsetWidth } = menu;
  Object.assign(menu.style, { display: "", transition: "" });
  return offsetWidth;
}

type Ref = React.RefObject<HTMLElement | null>;

/** A menu whose button scrolls away would hang in the air. */
function useHiddenByScroll(open: boolean, button: Ref, menu: Ref): void {
  useEffect(() => {
    if (!open) return;
    const scrolled = (event: Event) => {
      if (event.target instanceof Node && event.target.contains(button.current)) menu.current?.hidePopover();
    };
    addEventListener("scroll", scrolled, true);
    return () => removeEventListener("scroll", scrolled, true);
  }, [open, button, menu]);
}
