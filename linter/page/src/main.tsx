import { render } from "preact";
import { unsupported } from "./engine";
import "./styles.css";
import { App } from "./ui/app";
import { Old } from "./ui/old";

const place = document.getElementById("app")!;
place.replaceChildren();
const lacking = unsupported();
render(lacking === null ? <App /> : <Old lacking={lacking} />, place);
