//! What a first visit downloads, file by file, against the budget and beside what others ship for the same job.
//!
//! Reads the built dist/ and nothing else: which files belong to the first load is asked of its index.html.

use crate::{
    args::Args,
    build, compress, console, day,
    failure::{Failure, OrSay, Outcome},
    finish::page::attribute,
    layout,
};
use std::{fmt::Write, fs, path::Path};

const USAGE: &str = "cargo xtask size [--markdown]";
/// Read at run time, so it is no link in the page.
const ALSO: &str = "config.json";

/// The same job (list and edit workspaces), built and measured on one machine: brotli kB on the wire of a first load.
const PEERS: [(&str, f64); 3] = [
    ("Solid 1.9, list with its own windowing", 6.9),
    ("react-admin 5.15 (JS alone 257)", 268.0),
    ("refine 5 with antd 5 (JS alone 392)", 394.0),
];

/// What the file of a lazy group is called up to its hash (xtask/src/finish): the glue names it, the page does not.
const LATER: &str = "lazy-";

const LATER_LABEL: &str = "Lazy group, fetched when idle";

/// One file of the first load.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Weight {
    name: String,
    raw: usize,
    gzip: usize,
    brotli: usize,
}

pub(crate) fn size(words: impl IntoIterator<Item = String>) -> Outcome {
    let mut args = Args::new(words, USAGE);
    let markdown = args.flag("--markdown");
    args.finish()?;
    build::app()?;
    let weights = weigh(&layout::dist())?;
    let budget = budget()?;
    let later = later(&layout::dist())?;
    console::say(if markdown {
        as_markdown(&weights, &later, budget, &day::today())
    } else {
        as_text(&weights, &later, budget)
    });
    verdict(&weights, budget)
}

/// For the tests: the same verdict, with the table only when it matters.
pub(crate) fn within_budget() -> Outcome {
    let weights = weigh(&layout::dist())?;
    let budget = budget()?;
    let later = later(&layout::dist())?;
    console::note(as_text(&weights, &later, budget).trim_end());
    verdict(&weights, budget)
}

fn verdict(weights: &[Weight], budget: f64) -> Outcome {
    let total = kb(weights.iter().map(|weight| weight.brotli).sum());
    if total <= budget {
        return Ok(());
    }
    Err(Failure::new(format!(
        "The first load is {total:.1} kB, {:.1} kB over the budget of xtask/budget.toml: find what grew, or raise the \
         budget and say why.",
        total - budget
    )))
}

fn budget() -> Outcome<f64> {
    let file = layout::root().join("xtask").join("budget.toml");
    let text = fs::read_to_string(&file).or_say(|| "read xtask/budget.toml".to_owned())?;
    let entry = text.parse::<toml::Table>().ok().and_then(|table| {
        let value = table.get("first_load_kb")?;
        value.as_float().or_else(|| {
            value
                .as_integer()
                .and_then(|n| i32::try_from(n).ok())
                .map(f64::from)
        })
    });
    entry.ok_or_else(|| Failure::new("xtask/budget.toml has no number `first_load_kb`."))
}

fn weigh(dist: &Path) -> Outcome<Vec<Weight>> {
    let html =
        fs::read_to_string(dist.join("index.html")).or_say(|| "read dist/index.html".to_owned())?;
    let mut names = vec!["index.html".to_owned()];
    names.extend(first_load(&html));
    if dist.join(ALSO).is_file() && !names.iter().any(|name| name == ALSO) {
        names.push(ALSO.to_owned());
    }
    names
        .into_iter()
        .map(|name| weigh_file(dist, name))
        .collect()
}

/// What is fetched once the first screen stands.
fn later(dist: &Path) -> Outcome<Vec<Weight>> {
    let entries = fs::read_dir(dist).or_say(|| "read dist/".to_owned())?;
    let names = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok());
    names
        .filter(|name| name.starts_with(LATER) && name.ends_with(".wasm"))
        .map(|name| weigh_file(dist, name))
        .collect()
}

fn weigh_file(dist: &Path, name: String) -> Outcome<Weight> {
    let path = dist.join(&name);
    let bytes = fs::read(&path).or_say(|| format!("read dist/{name}, which index.html loads"))?;
    let beside = |ending: &str| {
        fs::metadata(dist.join(format!("{name}.{ending}"))).map(|meta| meta.len() as usize)
    };
    Ok(Weight {
        raw: bytes.len(),
        gzip: beside("gz").or_else(|_| compress::gzip(&bytes).map(|small| small.len()))?,
        brotli: beside("br").or_else(|_| compress::brotli(&bytes).map(|small| small.len()))?,
        name,
    })
}

/// The files of our own origin that a page loads before it can work.
fn first_load(html: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for tag in html.split('<').filter_map(|rest| rest.split('>').next()) {
        let loads: &[&str] = if tag.starts_with("script") {
            &["src", "data-js", "data-wasm"]
        } else if tag.starts_with("link")
            && matches!(
                attribute(tag, "rel"),
                Some("stylesheet" | "preload" | "modulepreload")
            )
        {
            &["href"]
        } else {
            &[]
        };
        for address in loads.iter().filter_map(|name| attribute(tag, name)) {
            let own = !address.contains("://")
                && !address.starts_with("//")
                && !address.starts_with("data:");
            let name = address
                .trim_start_matches("./")
                .trim_start_matches('/')
                .to_owned();
            if own && !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names
}

fn kb(bytes: usize) -> f64 {
    bytes as f64 / 1000.0
}

fn sum(weights: &[Weight]) -> Weight {
    weights.iter().fold(
        Weight {
            name: "First load".to_owned(),
            raw: 0,
            gzip: 0,
            brotli: 0,
        },
        |sum, each| Weight {
            raw: sum.raw + each.raw,
            gzip: sum.gzip + each.gzip,
            brotli: sum.brotli + each.brotli,
            ..sum
        },
    )
}

fn as_text(weights: &[Weight], later: &[Weight], budget: f64) -> String {
    let total = sum(weights);
    let mut out = format!("{:<44}{:>10}{:>10}{:>10}\n", "kB", "raw", "gzip", "brotli");
    for weight in weights.iter().chain([&total]) {
        let _ = writeln!(
            out,
            "{:<44}{:>10.1}{:>10.1}{:>10.1}",
            weight.name,
            kb(weight.raw),
            kb(weight.gzip),
            kb(weight.brotli)
        );
    }
    let left = budget - kb(total.brotli);
    let _ = writeln!(out, "{:<64}{budget:>10.1}", "Budget");
    let _ = writeln!(out, "{:<64}{left:>10.1}", "Left");
    for weight in later {
        let brotli = kb(weight.brotli);
        let _ = writeln!(out, "{LATER_LABEL:<64}{brotli:>10.1}");
    }
    let _ = writeln!(out, "\nOthers, same job");
    for (peer, weight) in PEERS {
        let _ = writeln!(out, "{peer:<64}{weight:>10.1}");
    }
    out
}

fn as_markdown(weights: &[Weight], later: &[Weight], budget: f64, date: &str) -> String {
    let total = sum(weights);
    let mut out = format!("First load on {date}, in kB (1,000 bytes), `cargo xtask size`:\n\n");
    out.push_str("| file | raw | gzip | brotli 11 |\n| --- | ---: | ---: | ---: |\n");
    for weight in weights {
        let (raw, gzip, brotli) = (kb(weight.raw), kb(weight.gzip), kb(weight.brotli));
        let _ = writeln!(
            out,
            "| {} | {raw:.1} | {gzip:.1} | {brotli:.1} |",
            weight.name
        );
    }
    let (raw, gzip, brotli) = (kb(total.raw), kb(total.gzip), kb(total.brotli));
    let _ = writeln!(
        out,
        "| **first load** | **{raw:.1}** | **{gzip:.1}** | **{brotli:.1}** |"
    );
    for weight in later {
        let (raw, gzip, brotli) = (kb(weight.raw), kb(weight.gzip), kb(weight.brotli));
        let name = LATER_LABEL.to_lowercase();
        let _ = writeln!(out, "| {name} | {raw:.1} | {gzip:.1} | {brotli:.1} |");
    }
    let _ = writeln!(out, "| budget | | | {budget:.1} |");
    for (peer, weight) in PEERS {
        let _ = writeln!(out, "| {peer} | | | {weight:.1} |");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Weight, as_markdown, as_text, first_load, verdict};

    #[test]
    fn the_page_names_its_first_load() {
        let html = r#"<link rel="icon" href="/favicon.svg"><link rel="stylesheet" href="/base-1.css"/>
            <link rel="modulepreload" href="/steward-1.js" crossorigin="anonymous">
            <link rel="preload" href="/steward-1_bg.wasm" as="fetch">
            <script type="module" src="/boot.js" data-js="/steward-1.js" data-wasm="/steward-1_bg.wasm"></script>
            <script src="https://elsewhere.test/x.js"></script>"#;
        assert_eq!(
            first_load(html),
            ["base-1.css", "steward-1.js", "steward-1_bg.wasm", "boot.js"]
        );
    }

    #[test]
    fn over_budget_is_a_failure_that_says_by_how_much() {
        let weights = [weight("a", 151_500)];
        assert!(verdict(&weights, 152.0).is_ok());
        assert!(
            verdict(&weights, 150.0)
                .unwrap_err()
                .to_string()
                .contains("151.5 kB, 1.5 kB over")
        );
    }

    fn weight(name: &str, brotli: usize) -> Weight {
        Weight {
            name: name.to_owned(),
            raw: 2000,
            gzip: 1500,
            brotli,
        }
    }

    #[test]
    fn the_table_carries_its_date_and_the_second_module_is_not_in_the_sum() {
        let (first, later) = (
            [weight("a.js", 1250)],
            [weight("lazy-workspace-1.wasm", 9000)],
        );
        let table = as_markdown(&first, &later, 150.0, "2026-11-22");
        assert!(table.contains("2026-11-22") && table.contains("| a.js | 2.0 | 1.5 | 1.2 |"));
        assert!(table.contains("| **2.0** | **1.5** | **1.2** |"));
        assert!(table.contains("| lazy group, fetched when idle | 2.0 | 1.5 | 9.0 |"));
        let text = as_text(&first, &later, 150.0);
        assert!(text.contains("148.8") && text.contains("9.0"));
    }
}
