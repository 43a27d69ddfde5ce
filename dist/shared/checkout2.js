import { t as readCheckout } from "./checkout.js";

export { readCheckout };