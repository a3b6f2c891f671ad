import { href, parse, type Route } from './routes';

/** Where the window is. One address per place, so that back and forward work; nothing is kept after the window closes. */
class Router {
  /** The present place. */
  route = $state.raw<Route>(parse(location.hash));

  constructor() {
    window.addEventListener('hashchange', () => {
      this.route = parse(location.hash);
    });
  }

  /** Goes to a place. `replace` leaves no way back to the present one. */
  go(route: Route, replace = false) {
    if (replace) {
      history.replaceState(null, '', href(route));
      this.route = route;
    } else {
      location.hash = href(route);
    }
  }
}

/** The one router. */
export const router = new Router();
