// A link as a QR code: black on white in both themes, because that is what cameras read.

import { renderSVG } from 'uqr';
import styles from './QrCode.module.css';

export function QrCode({ link, label }: { readonly link: string; readonly label: string }) {
  return (
    <div
      className={styles.qr}
      role="img"
      aria-label={label}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: the markup is made here, of black squares only
      dangerouslySetInnerHTML={{ __html: renderSVG(link, { border: 2 }) }}
    />
  );
}
