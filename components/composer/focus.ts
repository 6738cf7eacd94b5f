export const COMPOSER_ID = "composer";

/** Puts the cursor into the composer, where it is not there already. */
export function focusComposer(): void {
  const area = document.getElementById(COMPOSER_ID);
  if (!(area instanceof HTMLTextAreaElement) || area === document.activeElement) return;
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
}

/** The same after something that had the focus is gone, but for where that would raise a phone's keyboard. */
export const returnToComposer = (): void => {
  if (!isTouch()) focusComposer();
};

/** True where fingers are the main way to point: Enter breaks lines there, and focus would raise a keyboard. */
export const isTouch = (): boolean => matchMedia("(pointer: coarse)").matches;
