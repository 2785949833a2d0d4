//! Histograms and medians.
#![expect(
    clippy::float_arithmetic,
    clippy::cast_precision_loss,
    reason = "counts are below 2^24; IEEE-exact operations and libm only"
)]

/// How often each brightness occurs.
#[derive(Clone)]
pub(super) struct Histogram {
    counts: [u32; 256],
    total: u32,
}

impl Histogram {
    pub(super) fn new() -> Self {
        Self {
            counts: [0; 256],
            total: 0,
        }
    }

    pub(super) fn add(&mut self, value: u8) {
        self.counts[usize::from(value)] += 1;
        self.total += 1;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.total == 0
    }

    /// The share of values from `from` to `to`, both counted; 0 to 1.
    pub(super) fn share(&self, from: u8, to: u8) -> f32 {
        let counts = &self.counts[usize::from(from)..=usize::from(to)];
        counts.iter().sum::<u32>() as f32 / self.total.max(1) as f32
    }

    /// The mean, 0 to 1.
    pub(super) fn mean(&self) -> f32 {
        let weighted = (0_u64..).zip(&self.counts);
        let sum: u64 = weighted
            .map(|(value, &count)| value * u64::from(count))
            .sum();
        sum as f32 / (self.total.max(1) as f32 * 255.0)
    }

    /// The standard deviation, in steps of brightness.
    pub(super) fn deviation(&self) -> f32 {
        let mean = self.mean() * 255.0;
        let mut sum = 0.0;
        for (value, &count) in self.counts.iter().enumerate() {
            let off = value as f32 - mean;
            sum += off * off * count as f32;
        }
        libm::sqrtf(sum / self.total.max(1) as f32)
    }

    /// How many bits tell one value: 0 for a single tone, 8 for all alike often.
    pub(super) fn entropy(&self) -> f32 {
        let mut bits = 0.0;
        for &count in self.counts.iter().filter(|&&count| count > 0) {
            let share = count as f32 / self.total as f32;
            bits -= share * libm::log2f(share);
        }
        bits
    }

    /// How much of two histograms lies on each other, 0 to 1.
    pub(super) fn overlap(&self, other: &Self) -> f32 {
        let totals = (self.total.max(1) as f32, other.total.max(1) as f32);
        let pairs = self.counts.iter().zip(&other.counts);
        pairs
            .map(|(&one, &two)| (one as f32 / totals.0).min(two as f32 / totals.1))
            .sum()
    }

    /// The least value below or at which half of all lie.
    pub(super) fn median(&self) -> u8 {
        self.at_share(50)
    }

    /// The least value below or at which `percent` of all lie.
    pub(super) fn percentile(&self, percent: u32) -> f32 {
        f32::from(self.at_share(percent))
    }

    fn at_share(&self, percent: u32) -> u8 {
        let mut seen = 0;
        for (value, &count) in (0_u8..=u8::MAX).zip(&self.counts) {
            seen += count;
            if seen * 100 >= self.total * percent {
                return value;
            }
        }
        u8::MAX
    }
}

/// The value below or at which `percent` of the values lie; 0 for none. Changes their order.
pub(super) fn percentile(values: &mut [f32], percent: usize) -> f32 {
    if values.is_empty() {
        return 0.0;
    }
    let at = (values.len() - 1) * percent / 100;
    *values.select_nth_unstable_by(at, f32::total_cmp).1
}

/// Rounded to thousandths, so that what is stored and shown is short.
pub(super) fn rounded(value: f32) -> f32 {
    (value * 1_000.0).round() / 1_000.0
}
