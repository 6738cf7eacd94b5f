/** All the script there is: copies code and messages, turns the appearance over, prints. Without it those are not shown. */
const CODE = `{
const d=document,h=d.documentElement,told=d.getElementById("told");
h.dataset.js="";
const put=async(text)=>{
try{await navigator.clipboard.writeText(text);return true}catch{}
const a=d.createElement("textarea");a.value=text;a.className="md-offscreen";d.body.append(a);a.select();
const ok=d.execCommand("copy");a.remove();return ok};
const tell=(b,ok)=>{told.textContent=ok?told.dataset.copied:told.dataset.failed;b.dataset.told=told.textContent;
setTimeout(()=>{told.textContent="";delete b.dataset.told},2000)};
d.addEventListener("click",async({target})=>{
const b=target.closest("button");if(!b)return;
if("print" in b.dataset)return print();
if("themeToggle" in b.dataset){
const now=h.dataset.theme==="system"?(matchMedia("(prefers-color-scheme: dark)").matches?"dark":"light"):h.dataset.theme;
h.dataset.theme=now==="dark"?"light":"dark";
d.cookie="leeward-theme="+h.dataset.theme+";path=/;max-age=31536000;samesite=lax";return}
const code=b.closest(".md-code");
if(code)return tell(b,await put(code.querySelector("pre").textContent));
if("copy" in b.dataset){const turn=b.closest(".turns>li"),source=turn.querySelector("template");
tell(b,await put(source?source.content.textContent:turn.querySelector(".said").innerText.trim()))}
})}`;

export function SharedScript({ nonce }: { nonce: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a constant of ours
  return <script nonce={nonce} dangerouslySetInnerHTML={{ __html: CODE }} />;
}
