"use client";

import { useTranslations } from "next-intl";
import { type FormEvent, useId } from "react";
import { createPortal } from "react-dom";
import { LONGEST_ADDRESS } from "@/lib/images/schema";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { TextField } from "../ui/text-field";

interface Props {
  onAddress: (address: string) => void;
  onClose: () => void;
}

/** Asks for the address of a picture. What is wrong with it is said at the picture's tile, like of a file. */
export default function AddressDialog({ onAddress, onClose }: Props) {
  const t = useTranslations("composer.ways");
  const heading = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    // React passes it on to what rendered this: the message's form.
    event.stopPropagation();
    const address = String(new FormData(event.currentTarget).get("address") ?? "").trim();
    if (address) onAddress(withScheme(address));
  };
  // A form may not stand inside the message's own.
  return createPortal(
    <Dialog open onClose={onClose} labelledBy={heading}>
      <form onSubmit={submit} className="flex flex-col gap-4 p-5">
        <h2 id={heading} className="font-medium text-lg">
          {t("address")}
        </h2>
        <TextField
          label={t("addressLabel")}
          hint={t("addressHint")}
          name="address"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          required
          maxLength={LONGEST_ADDRESS}
          placeholder="https://"
          autoFocus
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary">
            {t("fetch")}
          </Button>
        </div>
      </form>
    </Dialog>,
    document.body,
  );
}

/** People leave "https://" off. */
const withScheme = (address: string): string =>
  /^[a-z][a-z0-9+.-]*:/i.test(address) ? address : `https://${address}`;
