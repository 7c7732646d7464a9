// The window's title follows the page.

import { useEffect } from 'react';

export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title === 'Wirelight' ? title : `${title} · Wirelight`;
  }, [title]);
}
