# Copyright (c) 2026, office.telephony contributors
# GNU General Public License v3.0+ (see LICENSES/GPL-3.0-or-later.txt or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""How the report looks, and its search field. Python strings, because modules are packed without other files.

Private to the collection.
"""

from __future__ import annotations

STYLE = """
:root{color-scheme:light dark;--page:#fff;--text:#1b1f24;--soft:#57606a;--line:#d0d7de;--card:#f6f8fa;--link:#0550ae;
--mark:#fff3c4;--c0:#a5d0ff;--c1:#b5e3a6;--c2:#ffd18f;--c3:#e0c2f7;--c4:#98e0da;--c5:#f9b9c8;--c6:#dcd584;--c7:#c9ccf7;
--bad:#cf222e;--warn:#8a4b00;--good:#116329}
@media screen and (prefers-color-scheme:dark){:root{--page:#0d1117;--text:#e6edf3;--soft:#9aa4af;--line:#3d444d;
--card:#161b22;--link:#79b8ff;--mark:#4b3c00;--bad:#ff7b72;--warn:#f0b429;--good:#56d364}}
*{box-sizing:border-box}
html{scroll-padding-top:7.5rem}
body{margin:0;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,"Segoe UI",Roboto,sans-serif;
overflow-wrap:anywhere}
header,main,footer{max-width:80rem;margin:auto;padding:0 1rem}
h1{margin:1.2rem 0 .2rem;font-size:1.6rem;line-height:1.2}
h2{margin:2.2rem 0 .6rem;padding-bottom:.2rem;border-bottom:2px solid var(--line);font-size:1.3rem}
h3{margin:1.4rem 0 .5rem;font-size:1.1rem}
.card>h3{margin-top:0}
h4{margin:0;font-size:1rem}
p,ul,ol,dl{margin:.3rem 0}
ul,ol{padding-left:1.3rem}
a{color:var(--link)}
a:focus-visible,input:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;z-index:9;padding:.4rem .8rem;background:var(--page)}
.soft,.at{color:var(--soft);font-size:.875rem}
.bar{position:sticky;top:0;z-index:5;background:var(--page);border-bottom:1px solid var(--line)}
.bar>div{display:flex;flex-wrap:wrap;align-items:center;gap:.3rem 1rem;max-width:80rem;margin:auto;padding:.5rem 1rem}
.bar ul{display:flex;flex-wrap:wrap;gap:.1rem .9rem;margin:0;padding:0;list-style:none}
.bar a{display:inline-block;padding:.15rem 0}
.bar form{display:flex;flex:1 1 18rem;flex-wrap:wrap;align-items:center;gap:.2rem .6rem}
.bar input{flex:1 1 10rem;min-width:0;padding:.35rem .6rem;border:1px solid var(--soft);border-radius:.4rem;
background:var(--page);color:inherit;font:inherit}
table{border-collapse:collapse;width:100%}
th,td{padding:.35rem .8rem .35rem 0;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;
overflow-wrap:normal}
th{white-space:nowrap}
.list{padding:0;list-style:none}
.grid{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(24rem,100%),1fr));gap:0 .8rem;align-items:start}
.card{margin:.6rem 0;padding:.7rem .9rem;border:1px solid var(--line);border-radius:.5rem;background:var(--card);
content-visibility:auto;contain-intrinsic-size:auto 9rem}
.card:target{border-color:var(--link);box-shadow:0 0 0 2px var(--link)}
.alarm{border:2px solid var(--bad)}
.two{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:.2rem 2rem}
.two>h4,.two>.wide{grid-column:1/-1}
.days,.band{display:flex}
.days{color:var(--soft);font-size:.75rem;line-height:1.2}
.days span{flex:1 0 0;overflow:hidden;padding-left:.2rem;border-left:1px solid var(--line)}
.band{height:1.6rem;margin-bottom:.4rem;border:1px solid var(--soft);border-radius:.2rem;overflow:hidden}
.band i{min-width:0;overflow:hidden}
.band i+i{border-left:1px solid #0009}
.key{align-self:start;width:1.5rem;height:1.6rem;margin-right:.4rem;border:1px solid var(--soft);border-radius:.2rem}
.band i,.key{color:#111;font:700 .8rem/1.5rem system-ui,sans-serif;text-align:center;print-color-adjust:exact;
-webkit-print-color-adjust:exact}
.c0{background:var(--c0)}.c1{background:var(--c1)}.c2{background:var(--c2)}.c3{background:var(--c3)}
.c4{background:var(--c4)}.c5{background:var(--c5)}.c6{background:var(--c6)}.c7{background:var(--c7)}
.mailbox{background:radial-gradient(#8c959f 1px,#e6e9ec 1.5px) 0 0/6px 6px}
.nobody{background:repeating-linear-gradient(90deg,#ffa198 0 6px,#ffc1bb 6px 9px)}
.unknown{background:repeating-linear-gradient(45deg,#c3c9cf 0 5px,#eef0f2 5px 10px)}
.menu{background-image:linear-gradient(#0003 2px,#0000 2px);background-size:100% 6px}
.legend{padding:0;list-style:none}
.legend li{display:grid;grid-template-columns:2rem minmax(0,1fr);margin:.15rem 0}
.tree,.tree ul{padding-left:1.1rem;list-style:none}
.tree{padding-left:0}
.tree ul{border-left:2px solid var(--line)}
.tree li{margin:.15rem 0}
.how{margin-right:.35rem;padding:0 .4rem;border:1px solid var(--line);border-radius:.5rem;background:var(--page);
font-size:.875rem;box-decoration-break:clone;-webkit-box-decoration-break:clone}
.open{color:var(--warn);font-size:.875rem}
.open::before{content:"\\26A0\\FE0E  "}
.badge{display:inline-block;white-space:nowrap;margin-right:.4rem;padding:0 .5rem;border:1px solid;border-radius:.7rem;
font-size:.8rem;font-weight:700}
.fail,.refuse{color:var(--bad)}.warn,.undecided{color:var(--warn)}.pass{color:var(--good)}
.info,.accepted,.skipped{color:var(--soft)}
footer{margin-top:3rem;padding-bottom:2rem;color:var(--soft);font-size:.875rem}
[hidden]{display:none!important}
@media (max-width:44rem){html{scroll-padding-top:10rem}.two{grid-template-columns:minmax(0,1fr)}h1{font-size:1.35rem}
.card{padding:.6rem}.bar nav{max-width:100%;overflow-x:auto;scrollbar-width:none}
.bar ul{flex-wrap:nowrap;white-space:nowrap}
table,tbody,tr,th,td{display:block}thead{position:absolute;left:-99rem}
tr{padding:.4rem 0;border-bottom:1px solid var(--line)}
th,td{padding:0;border:0}td::before{content:attr(data-t)": ";color:var(--soft)}}
@media print{.bar,.skip{display:none}html{font-size:9.5pt}.card{break-inside:avoid;content-visibility:visible}
h2,h3,h4{break-after:avoid}main,header,footer{max-width:none;padding:0}}
@media (forced-colors:active){.band i{border-right:1px solid}}
"""

# Finds numbers however they are written, and words without regard to case and accents.
SCRIPT = """
(()=>{"use strict";
const box=document.getElementById("search"),found=document.getElementById("found");
const plain=text=>text.toLowerCase().normalize("NFD").replace(/\\p{M}/gu,"");
const items=[...document.querySelectorAll(".item")].map(item=>({item,text:plain(item.textContent)}));
const groups=[...document.querySelectorAll(".group")].reverse();
const all=items.filter(one=>one.item.dataset.n!==undefined).length;
const search=()=>{
 const words=plain(box.value).split(/\\s+/).filter(Boolean);
 const digits=/^[+()\\d\\s./-]+$/.test(box.value)?box.value.replace(/\\D/g,"").replace(/^0+/,""):"";
 let numbers=0,others=0;
 for(const {item,text} of items){
  const n=item.dataset.n;
  const shown=words.every(word=>text.includes(word))||(digits&&n&&n.includes(digits));
  item.hidden=!shown;
  if(shown){if(n===undefined)others++;else numbers++;}
 }
 for(const group of groups)group.hidden=words.length>0&&!group.querySelector(".item:not([hidden])");
 found.textContent=words.length?`${numbers} of ${all} numbers, ${others} other entries`:"";
};
const reveal=()=>{
 const target=document.getElementById(decodeURIComponent(location.hash.slice(1)));
 if(target&&target.closest("[hidden]")){box.value="";search();target.scrollIntoView();}
};
let timer;
box.addEventListener("input",()=>{clearTimeout(timer);timer=setTimeout(search,items.length>1000?150:0);});
box.form.addEventListener("submit",event=>{event.preventDefault();search();});
addEventListener("hashchange",reveal);
box.form.hidden=false;
if(box.value)search();
})();
"""
