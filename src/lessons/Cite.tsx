// Where a fact stands.

import styles from './Cite.module.css';

/** `<Cite>RFC 6455 §4.1</Cite>` */
export function Cite({ children }: { readonly children: string }) {
  return <cite className={styles.cite}>{children}</cite>;
}
