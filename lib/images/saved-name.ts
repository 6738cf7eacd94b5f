const PICTURE_ENDING = /\.(jpe?g|jfif|png|apng|webp|avif|gif|tiff?|bmp|heic|heif)$/i;

/**
 * What a picture is called that somebody saves: its name, with the ending of what it is. A HEIC has become a JPEG, and
 * would open nowhere as the other.
 */
export function savedName(name: string, contentType: string): string {
  const ending = endingOf(contentType.slice("image/".length));
  const own = PICTURE_ENDING.exec(name)?.[1] ?? "";
  return endingOf(own) === ending ? name : `${name.replace(PICTURE_ENDING, "")}.${ending}`;
}

const endingOf = (format: string): string => format.toLowerCase().replace("jpeg", "jpg");
