//! The outcomes of table 4 as they stand above values: a run of names for each proceeding, in whatever order.
//!
//! Invariant: no outcome is named twice in a run, and one lacks at most, the same in each; where a name is none of the outcomes, there is no run.

/// The places of the outcomes of one proceeding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// For each outcome of the form the place of its name among all names.
    places: Vec<Option<usize>>,
    /// The place of the first name.
    first: usize,
    /// The group that stands above them, where it told what belongs to the run.
    group: Option<usize>,
}

impl Run {
    /// The run that the names at some places are; `order` holds the outcome of each name.
    pub fn of(names: &[usize], order: &[Option<usize>], outcomes: usize, group: Option<usize>) -> Option<Run> {
        let first = *names.first()?;
        let mut places = vec![None; outcomes];
        for name in names {
            let place = places.get_mut((*order.get(*name)?)?)?;
            if place.replace(*name).is_some() {
                return None;
            }
        }
        let run = Run { places, first, group };
        (names.len() + 1 >= outcomes).then_some(run)
    }

    fn is_whole(&self) -> bool {
        self.places.iter().all(Option::is_some)
    }

    fn is_in_order(&self) -> bool {
        self.places.iter().is_sorted()
    }
}

/// The runs above a row of values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Runs(Vec<Run>);

/// Names as runs one after the other, each of which has every outcome once, in whatever order.
pub(super) fn whole(order: &[Option<usize>], outcomes: usize) -> Option<Runs> {
    let places: Vec<usize> = (0..order.len()).collect();
    let runs = places
        .chunks(outcomes)
        .map(|names| Run::of(names, order, outcomes, None));
    let runs = Runs(runs.collect::<Option<Vec<Run>>>()?);
    (runs.len() > 0 && runs.is_whole()).then_some(runs)
}

/// Names as runs of the same outcomes in the same order, one after the other.
pub(super) fn equal(order: &[Option<usize>], outcomes: usize) -> Option<Runs> {
    let count = order.iter().filter(|outcome| *outcome == &order[0]).count();
    if count == 0 || !order.len().is_multiple_of(count) {
        return None;
    }
    let length = order.len() / count;
    let places: Vec<usize> = (0..order.len()).collect();
    let is_equal = order.chunks(length).all(|run| run == &order[..length]);
    let runs: Option<Vec<Run>> = places
        .chunks(length)
        .map(|names| Run::of(names, order, outcomes, None))
        .collect();
    runs.filter(|_| is_equal).map(Runs)
}

impl Runs {
    /// Runs that stand below the names of their groups.
    pub fn of(runs: Vec<Run>) -> Runs {
        Runs(runs)
    }

    /// How many proceedings there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether every outcome is named in each run.
    pub fn is_whole(&self) -> bool {
        self.0.iter().all(Run::is_whole)
    }

    /// Whether every outcome is named in the order of the form.
    pub fn is_in_order(&self) -> bool {
        self.is_whole() && self.0.iter().all(Run::is_in_order)
    }

    /// The place of the first name of each.
    pub fn starts(&self) -> impl Iterator<Item = usize> {
        self.0.iter().map(|run| run.first)
    }

    /// The group of each, where the names of the groups told the runs.
    pub fn groups(&self) -> Option<Vec<Option<usize>>> {
        let groups: Vec<Option<usize>> = self.0.iter().map(|run| run.group).collect();
        groups.iter().all(Option::is_some).then_some(groups)
    }

    /// What stands below the names, in the order of the form for each run.
    pub fn in_order_of_form(&self, below: &[usize]) -> Vec<Option<usize>> {
        let places = self.0.iter().flat_map(|run| &run.places);
        places
            .map(|place| place.and_then(|place| below.get(place).copied()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(names: &[usize]) -> Vec<Option<usize>> {
        names.iter().copied().map(Some).collect()
    }

    #[test]
    fn runs_are_read_in_any_order_with_one_outcome_lacking_at_most() {
        let read = |names: &[usize], below: &[usize]| {
            let runs = equal(&order(names), 3)?;
            Some(runs.in_order_of_form(below))
        };
        let own = |cells: &[usize]| Some(order(cells));
        assert_eq!(
            read(&[0, 1, 2, 0, 1, 2], &[5, 6, 7, 8, 9, 10]),
            own(&[5, 6, 7, 8, 9, 10])
        );
        assert_eq!(
            read(&[2, 0, 1, 2, 0, 1], &[5, 6, 7, 8, 9, 10]),
            own(&[6, 7, 5, 9, 10, 8])
        );
        assert_eq!(
            read(&[2, 0, 2, 0], &[5, 6, 7, 8]),
            Some(vec![Some(6), None, Some(5), Some(8), None, Some(7)])
        );
        assert_eq!(read(&[2, 2], &[5, 6]), None);
        assert_eq!(read(&[0, 1, 2, 1, 0, 2], &[5, 6, 7, 8, 9, 10]), None);
        assert_eq!(read(&[0, 1, 2, 2], &[5, 6, 7, 8]), None);
    }
}
