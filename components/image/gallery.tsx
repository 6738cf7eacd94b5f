import { useTranslations } from "next-intl";
import { useState } from "react";
import type { ImagePart } from "@/lib/messages/message";
import { cx } from "../ui/cx";
import { ContextMenu } from "./context-menu";
import { pictureSource } from "./local-pictures";
import { Picture } from "./picture";
import { Viewer, type ViewerPicture } from "./viewer";

/** Largest thumbnail of a picture alone, in pixels. */
const ALONE = { width: 440, height: 300 };
/** How many of several stand beside each other where there is room, and the shape of each: of up to 4, 9, and more. */
const FEW = { columns: "", cell: "aspect-4/3" };
const SOME = { columns: "sm:grid-cols-3", cell: "aspect-square" };
const MANY = { columns: "sm:grid-cols-4", cell: "aspect-square" };

interface Props {
  images: readonly ImagePart[];
  /** The message that has them, once the server has it: then it can be said what is sent of them again. */
  messageId?: string;
}

/** The pictures of a message; each opens in full, and says what it costs to send it again. */
export function Gallery({ images, messageId }: Props) {
  const t = useTranslations("picture");
  const [shown, setShown] = useState<number | null>(null);
  const [only] = images.length === 1 ? images : [];
  const grid = images.length > 9 ? MANY : images.length > 4 ? SOME : FEW;
  return (
    <>
      <ul className={only ? "flex" : cx("grid w-132 max-w-full grid-cols-2 gap-2", grid.columns)}>
        {images.map((image, index) => (
          <li
            key={image.imageId}
            className={cx("flex min-w-0 max-w-full flex-col items-start", only && messageId && "min-w-31")}
          >
            <button
              type="button"
              aria-label={t("open", { name: image.notes?.caption ?? image.name })}
              onClick={() => setShown(index)}
              className={cx("block max-w-full cursor-zoom-in overflow-hidden rounded-md", !only && "w-full")}
            >
              {/* Sizes are in the page before the bytes are, so that nothing jumps. */}
              <Picture
                src={pictureSource(image.imageId)}
                alt=""
                draggable={false}
                {...(only ? fitted(image, ALONE) : { width: image.width, height: image.height })}
                suppressHydrationWarning
                className={cx(
                  "bg-line object-cover transition-opacity duration-120",
                  !only && `w-full ${grid.cell}`,
                  image.context === "dropped" && "opacity-40",
                  image.context === "described" && "opacity-70",
                )}
              />
            </button>
            {messageId && <ContextMenu messageId={messageId} image={image} />}
          </li>
        ))}
      </ul>
      <Viewer
        pictures={images.map(pictureOf)}
        index={shown}
        onIndex={setShown}
        captions={Boolean(messageId)}
      />
    </>
  );
}

const pictureOf = ({ imageId, name, width, height, tokens, notes }: ImagePart): ViewerPicture => ({
  id: imageId,
  source: pictureSource(imageId),
  name,
  width,
  height,
  tokens,
  caption: notes?.caption ?? null,
  captionBy: notes?.captionBy ?? null,
});

interface Size {
  width: number;
  height: number;
}

/** The size in which a picture fits into a box, never larger than it is, never thinner than can be pressed. */
function fitted({ width, height }: Size, box: Size): Size {
  const scale = Math.min(1, box.width / width, box.height / height);
  return { width: Math.max(44, Math.round(width * scale)), height: Math.max(44, Math.round(height * scale)) };
}
