import { href, parse, type Route } from './routes';

/** Where the window is. One address per place, so that back and forward work; nothing is kept after the window closes. */
class Router {
  /** The present place. */
  route = $state.raw<Route>(parse(location.hash));
  /** What the browser's own "back" does instead of leaving, if the view has something: true when it did. */
  back: (() => boolean) | null = null;

  /** How many places lie before this one; each entry of the history knows its own, so that "back" can be told from a link. */
  #place = 0;

  constructor() {
    history.replaceState({ place: 0 }, '');
    window.addEventListener('hashchange', () => this.#moved((history.state as { place?: number } | null)?.place));
  }

  #moved(place: number | undefined) {
    if (place !== undefined && place < this.#place && this.back?.()) return history.go(this.#place - place);
    if (place === undefined) history.replaceState({ place: this.#place + 1 }, '');
    this.#place = place ?? this.#place + 1;
    const next = parse(location.hash);
    // Back at the same place nothing begins anew.
    if (href(next) !== href(this.route)) this.route = next;
  }

  /** Goes to a place. `replace` leaves no way back to the present one. */
  go(route: Route, replace = false) {
    if (replace) {
      history.replaceState({ place: this.#place }, '', href(route));
      this.route = route;
    } else {
      location.hash = href(route);
    }
  }
}

/** The one router. */
export const router = new Router();
