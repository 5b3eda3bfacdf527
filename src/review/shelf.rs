//! The reports that a page is made for, each opened when it is asked for.
//!
//! Invariant: bytes of documents are only looked at by worker processes, through [`Ask`]; no more than a few opened reports are kept.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use super::picture::Picture;
use super::places::Places;
use super::source::View;
use crate::read::Hints;
use crate::report::Report;
use crate::task::{Judged, Task, answer};

/// Opened reports that are kept: those beside each other on a page, and the ones before.
const KEPT: usize = 4;
/// How a PNG file begins.
const PNG: &[u8] = b"\x89PNG";

/// Does a task in a worker process; the error is in words for people.
pub type Ask = Box<dyn Fn(&Task, &[u8]) -> Result<Vec<u8>, String> + Send + Sync>;

/// The bytes of a document, and what is known about it.
pub struct Item {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// What its reader is told.
    pub hints: Hints,
}

/// Where documents come from.
pub trait Fetch: Send + Sync {
    /// The keys of all documents, where they are few.
    fn keys(&self) -> Vec<(String, String)>;
    /// The document of a key.
    ///
    /// # Errors
    /// Why there is none, in words.
    fn fetch(&self, key: &str) -> Result<Item, String>;
}

/// A report with its source.
pub struct Opened {
    pub(super) item: Item,
    pub(super) report: Report,
    pub(super) places: Places,
    /// What there is to see of the source, or why nothing.
    pub(super) view: Result<View, String>,
}

/// Documents and the process that reads them.
pub struct Shelf {
    ask: Ask,
    documents: Box<dyn Fetch>,
    /// What the address of a mark in markup begins with, before the key of the document.
    link: Option<String>,
    kept: Mutex<Vec<Kept>>,
}

/// A report by its key, which is being opened or was.
type Kept = (String, Arc<OnceLock<Result<Arc<Opened>, String>>>);

impl Shelf {
    /// Documents and who reads them.
    pub fn new(documents: Box<dyn Fetch>, ask: Ask) -> Self {
        Shelf {
            ask,
            documents,
            link: None,
            kept: Mutex::default(),
        }
    }

    /// The same, with marks that are links below an address.
    pub(super) fn linked(mut self, link: String) -> Self {
        self.link = Some(link);
        self
    }

    /// The keys and names of all documents, where they are few.
    pub(super) fn keys(&self) -> Vec<(String, String)> {
        self.documents.keys()
    }

    /// A report by its key. Who asks for one that is being opened waits for it, and for no other.
    pub(super) fn open(&self, key: &str) -> Result<Arc<Opened>, String> {
        let cell = self.cell(key);
        let opened = cell.get_or_init(|| self.read(key).map(Arc::new)).clone();
        if opened.is_err() {
            // What could not be opened may be there the next time.
            self.kept().retain(|(_, other)| !Arc::ptr_eq(other, &cell));
        }
        opened
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn cell(&self, key: &str) -> Arc<OnceLock<Result<Arc<Opened>, String>>> {
        let mut kept = self.kept();
        let at = kept.iter().position(|(name, _)| name == key);
        let (name, cell) = at.map_or_else(|| (key.to_owned(), Arc::default()), |at| kept.remove(at));
        kept.insert(0, (name, cell.clone()));
        kept.truncate(KEPT);
        cell
    }

    fn read(&self, key: &str) -> Result<Opened, String> {
        let item = self.documents.fetch(key)?;
        let judged = (self.ask)(&Task::Report(item.hints.clone()), &item.bytes)?;
        let judged = Judged::of_answer(&judged).map_err(|error| error.to_string())?;
        let report = judged.report.ok_or_else(|| judged.verdict.in_words())?;
        let places = Places::of(&report);
        let link = self.link.as_ref().map(|link| format!("{link}{key}/go/"));
        let task = Task::View(item.hints.clone(), places.clone(), link);
        let view = (self.ask)(&task, &item.bytes).and_then(|view| answer(&view).map_err(|error| error.to_string()));
        Ok(Opened {
            item,
            report,
            places,
            view,
        })
    }

    /// A page of a report as PNG.
    pub(super) fn picture(&self, opened: &Opened, picture: Picture) -> Result<Vec<u8>, String> {
        let drawn = (self.ask)(&Task::Picture(opened.item.hints.clone(), picture), &opened.item.bytes)?;
        if drawn.starts_with(PNG) {
            return Ok(drawn);
        }
        Err(answer::<()>(&drawn)
            .err()
            .map_or(String::new(), |error| error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::{Receiver, channel};
    use std::thread;
    use std::time::Duration;

    use super::*;

    /// Documents whose bytes are their keys.
    struct Keys;

    impl Fetch for Keys {
        fn keys(&self) -> Vec<(String, String)> {
            Vec::new()
        }

        fn fetch(&self, key: &str) -> Result<Item, String> {
            Ok(Item {
                bytes: key.into(),
                hints: Hints::default(),
            })
        }
    }

    fn wait(receiver: &Mutex<Receiver<()>>) -> bool {
        let receiver = receiver.lock().unwrap();
        receiver.recv_timeout(Duration::from_secs(20)).is_ok()
    }

    #[test]
    fn a_report_that_is_slow_to_open_holds_up_no_other() {
        let (begun, is_begun) = channel();
        let (go, goes_on) = channel();
        let (is_begun, goes_on) = (Mutex::new(is_begun), Mutex::new(goes_on));
        let ask: Ask = Box::new(move |_, bytes| {
            if bytes == b"slow" {
                begun.send(()).unwrap();
                assert!(wait(&goes_on));
            }
            Err(String::from_utf8_lossy(bytes).into_owned())
        });
        let shelf = Shelf::new(Box::new(Keys), ask);
        let open = |key: &str| shelf.open(key).err();
        thread::scope(|scope| {
            let slow = [(); 2].map(|()| scope.spawn(|| open("slow")));
            assert!(wait(&is_begun));
            assert_eq!(open("quick").as_deref(), Some("quick"));
            go.send(()).unwrap();
            go.send(()).unwrap();
            for slow in slow {
                assert_eq!(slow.join().unwrap().as_deref(), Some("slow"));
            }
        });
    }
}
