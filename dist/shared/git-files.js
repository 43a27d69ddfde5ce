import { t as gitFiles } from "./git-files2.js";

export { gitFiles };