import { speak, t } from '../../i18n';
import { pseudo } from './pseudo';

/** The catalogue as `?rtl=1` (as if German ran from right to left) and `?pseudo=1` (as if it were longer) ask for it. */
export function speakAs(query: URLSearchParams) {
  const words = query.get('pseudo') === '1' ? pseudo(t) : t;
  speak({ ...words, direction: query.get('rtl') === '1' ? 'rtl' : t.direction });
}
