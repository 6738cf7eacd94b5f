import { Camera, Link, Plus } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { expectImage } from "@/lib/client/images/prepare";
import { later } from "../ui/later";
import { Menu, MenuItem } from "../ui/menu";
import { isTouch } from "./focus";

const AddressDialog = later(async () => (await import("./address-dialog")).default);

interface Props {
  onFiles: (files: readonly File[]) => void;
  onAddress: (address: string) => void;
}

/** Pictures from elsewhere: taken with the camera now, or fetched from an address. */
export function MoreWays({ onFiles, onAddress }: Props) {
  const t = useTranslations("composer.ways");
  const camera = useRef<HTMLInputElement>(null);
  const [asking, setAsking] = useState(false);
  const add = (address: string) => {
    setAsking(false);
    // After the closing dialog has given the focus back.
    requestAnimationFrame(() => onAddress(address));
  };
  return (
    <>
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label={t("camera")}
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = "";
          if (files.length > 0) onFiles(files);
        }}
      />
      <Menu
        label={t("more")}
        trigger={<Plus size={18} aria-hidden="true" />}
        triggerClassName={TRIGGER}
        align="start"
      >
        <CameraItem
          onSelect={() => {
            camera.current?.click();
            expectImage();
          }}
        />
        <MenuItem icon={<Link size={16} aria-hidden="true" />} onSelect={() => setAsking(true)}>
          {t("address")}
        </MenuItem>
      </Menu>
      {asking && (
        <AddressDialog onAddress={add} onClose={() => setAsking(false)} onFailed={() => setAsking(false)} />
      )}
    </>
  );
}

/** Computers without a touch screen answer `capture` with their file dialog, which is there already. */
function CameraItem({ onSelect }: { onSelect: () => void }) {
  const t = useTranslations("composer.ways");
  if (!isTouch()) return null;
  return (
    <MenuItem icon={<Camera size={16} aria-hidden="true" />} onSelect={onSelect}>
      {t("camera")}
    </MenuItem>
  );
}

const TRIGGER =
  "inline-flex size-9 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-raised hover:text-ink pointer-coarse:size-11";
