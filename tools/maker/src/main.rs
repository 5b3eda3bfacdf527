//! Writes made reports and their truth into a folder, for scoring readers by hand.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use clap::{Parser, Subcommand};
use nianbao_maker::containers::{self, Container};
use nianbao_maker::faults::Fault;
use nianbao_maker::form::Form;
use nianbao_maker::samples::samples;
use nianbao_maker::{Spec, make};

/// Makes annual reports with known truth.
#[derive(Parser)]
#[command(version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Folder for the documents; their truth goes into `truth/` below it.
    #[arg(long)]
    out: Option<PathBuf>,
    /// How many.
    #[arg(long, default_value_t = 20)]
    count: u64,
    /// First seed; each document has the next one.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Kind of file, by name.
    #[arg(long)]
    container: Option<String>,
    /// Fault, by name; may be given several times. `none` for none at all.
    #[arg(long)]
    fault: Vec<String>,
    /// Year reported on.
    #[arg(long)]
    year: Option<i32>,
    /// Form: 2019, 2021 or mixed.
    #[arg(long)]
    form: Option<String>,
    /// Names the containers and the faults, and writes nothing.
    #[arg(long)]
    list: bool,
}

/// Other things to do.
#[derive(Subcommand)]
enum Command {
    /// Writes the samples of the repository.
    Samples {
        /// Folder for them.
        #[arg(long, default_value = "samples")]
        out: PathBuf,
    },
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    if let Some(Command::Samples { out }) = &arguments.command {
        fs::create_dir_all(out).with_context(|| out.display().to_string())?;
        for (name, made) in samples()? {
            fs::write(out.join(name), &made.bytes).with_context(|| name.to_owned())?;
        }
        return Ok(());
    }
    if arguments.list {
        for container in containers::ALL {
            println!("container  {}", container.name);
        }
        for fault in Fault::ALL {
            println!("fault      {}", fault.name());
        }
        return Ok(());
    }
    let spec = spec(&arguments)?;
    let out = arguments.out.context("--out is missing")?;
    let truth = out.join("truth");
    fs::create_dir_all(&truth).with_context(|| truth.display().to_string())?;
    for seed in arguments.seed..arguments.seed + arguments.count {
        let made = make(seed, &spec)?;
        let path = out.join(&made.file_name);
        fs::write(&path, &made.bytes).with_context(|| path.display().to_string())?;
        let stem = path.file_stem().context("a name without a stem")?;
        let text = serde_json::to_string_pretty(&made.truth.json())?;
        fs::write(truth.join(stem).with_extension("json"), text)?;
    }
    Ok(())
}

fn spec(arguments: &Arguments) -> Result<Spec> {
    let faults = match arguments.fault.as_slice() {
        [] => None,
        [none] if none == "none" => Some(Vec::new()),
        names => Some(
            names
                .iter()
                .map(|name| Fault::named(name).with_context(|| format!("no fault {name}; see --list")))
                .collect::<Result<Vec<_>>>()?,
        ),
    };
    let container = match &arguments.container {
        None => faults.as_ref().and_then(|faults| carrier(faults)),
        Some(name) => Some(containers::named(name).with_context(|| format!("no container {name}; see --list"))?),
    };
    let form = match arguments.form.as_deref() {
        None => None,
        Some(name) => match Form::ALL.into_iter().find(|form| form.name() == name) {
            Some(form) => Some(form),
            None => bail!("no form {name}: 2019, 2021 or mixed"),
        },
    };
    Ok(Spec {
        container,
        faults,
        year: arguments.year,
        form,
        level: None,
        edit: None,
        hard: None,
    })
}

/// A container that carries these faults, where some cannot.
fn carrier(faults: &[Fault]) -> Option<&'static Container> {
    let fits = |container: &Container| faults.iter().all(|fault| fault.fits(container.family));
    if containers::ALL.iter().all(|container| fits(container)) {
        return None;
    }
    containers::ALL.iter().copied().find(|container| fits(container))
}
