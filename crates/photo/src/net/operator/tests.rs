//! Each operation against numbers worked out by hand or by the plainest of loops, with the widest vectors this
//! machine has and with the narrowest: the bits must not differ.

use fearless_simd::{Level, dispatch};
use rstest::rstest;

use super::{
    Activation, Convolution, Depthwise, Operator, Pad, Pool, Pooling, Resize, Scale, Upsample,
};
use crate::net::shape::{Padding, Shape, Shapes, Window};

const fn shape(height: usize, width: usize, channels: usize) -> Shape {
    Shape {
        height,
        width,
        channels,
    }
}

/// What the operation makes; the same with all vectors.
fn run(operator: &Operator, inputs: &[&[f32]], values: usize) -> Vec<f32> {
    let outputs = [Level::new(), Level::baseline()].map(|level| {
        let mut output = vec![f32::NAN; values];
        dispatch!(level, simd => operator.run(simd, inputs, &mut output, &mut vec![7.0; 3]));
        output
    });
    let [wide, narrow] = outputs
        .each_ref()
        .map(|output| output.iter().map(|value| value.to_bits()));
    assert!(wide.eq(narrow), "{operator:?}");
    outputs.into_iter().next().unwrap()
}

/// Numbers between -1 and 1 without a pattern.
fn numbers(count: usize, mut state: u32) -> Vec<f32> {
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        f32::from(u16::try_from(state >> 16).unwrap()) / 32_768.0 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

/// The value of an image, 0 outside.
fn at(image: &[f32], size: Shape, y: usize, x: usize, before: [usize; 2], channel: usize) -> f32 {
    let place = (y.checked_sub(before[0]), x.checked_sub(before[1]));
    match place {
        (Some(y), Some(x)) if y < size.height && x < size.width => {
            image[(y * size.width + x) * size.channels + channel]
        }
        _ => 0.0,
    }
}

fn close(found: &[f32], expected: &[f32], what: &str) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(
            (found - expected).abs() < 1e-5,
            "{what}: {found} instead of {expected}"
        );
    }
}

fn shapes(input: Shape, output: Shape) -> Shapes {
    Shapes { input, output }
}

/// Every path through the tiles is taken.
#[rstest]
#[case([1, 1], [1, 1], Padding::Valid, shape(3, 7, 5), shape(3, 7, 12))]
#[case([3, 3], [2, 2], Padding::Same, shape(6, 26, 3), shape(3, 13, 9))]
#[case([5, 5], [2, 2], Padding::Same, shape(8, 7, 3), shape(4, 4, 8))]
#[case([2, 2], [2, 2], Padding::Valid, shape(4, 6, 4), shape(2, 3, 16))]
#[case([3, 3], [3, 3], Padding::Valid, shape(3, 3, 2), shape(1, 1, 1))]
fn convolutions_are_weighted_sums(
    #[case] kernel: [usize; 2],
    #[case] stride: [usize; 2],
    #[case] padding: Padding,
    #[case] from: Shape,
    #[case] to: Shape,
) {
    let input = numbers(from.values(), 1);
    let taps = kernel[0] * kernel[1] * from.channels;
    let (weights, biases) = (numbers(taps * to.channels, 2), numbers(to.channels, 3));
    let window = Window::new(kernel, stride, padding, shapes(from, to)).unwrap();
    let mut layer = Convolution::new(window, shapes(from, to), &weights, &biases).unwrap();
    layer.activation = Activation::Relu;
    let mut expected = Vec::new();
    for place in 0..to.pixels() {
        let (y, x) = (place / to.width * stride[0], place % to.width * stride[1]);
        for (weights, bias) in weights.chunks_exact(taps).zip(&biases) {
            let mut sum = *bias;
            for (tap, weight) in weights.iter().enumerate() {
                let (place, channel) = (tap / from.channels, tap % from.channels);
                let (y, x) = (y + place / kernel[1], x + place % kernel[1]);
                sum += weight * at(&input, from, y, x, window.before, channel);
            }
            expected.push(sum.max(0.0));
        }
    }
    let found = run(&Operator::Convolution(layer), &[&input], to.values());
    close(&found, &expected, &format!("{kernel:?} {stride:?}"));
}

#[rstest]
#[case([3, 3], [1, 1], shape(5, 6, 12), shape(5, 6, 12))]
#[case([3, 3], [2, 2], shape(6, 18, 3), shape(3, 9, 3))]
#[case([5, 5], [1, 1], shape(4, 4, 8), shape(4, 4, 8))]
#[case([5, 5], [2, 2], shape(7, 9, 10), shape(4, 5, 10))]
fn depthwise_convolutions_keep_channels_apart(
    #[case] kernel: [usize; 2],
    #[case] stride: [usize; 2],
    #[case] from: Shape,
    #[case] to: Shape,
) {
    let input = numbers(from.values(), 4);
    let places = kernel[0] * kernel[1];
    let (weights, biases) = (
        numbers(places * from.channels, 5),
        numbers(from.channels, 6),
    );
    let sizes = shapes(from, to);
    let window = Window::new(kernel, stride, Padding::Same, sizes).unwrap();
    let layer = Depthwise::new(window, sizes, &weights, &biases).unwrap();
    let mut expected = Vec::new();
    for place in 0..to.pixels() {
        let (y, x) = (place / to.width * stride[0], place % to.width * stride[1]);
        for (channel, bias) in biases.iter().enumerate() {
            let tap = |place: usize| {
                let (y, x) = (y + place / kernel[1], x + place % kernel[1]);
                weights[place * from.channels + channel]
                    * at(&input, from, y, x, window.before, channel)
            };
            expected.push(bias + (0..places).map(tap).sum::<f32>());
        }
    }
    let found = run(&Operator::Depthwise(layer), &[&input], to.values());
    close(&found, &expected, &format!("{kernel:?} {stride:?}"));
}

#[test]
fn blocks_are_laid_out_where_their_pixel_was() {
    // Two pixels of one channel, doubled, tripled, … for the four places of their blocks.
    let (from, to) = (shape(1, 2, 1), shape(2, 4, 1));
    let layer = Upsample::new([2, 2], shapes(from, to), &[2.0, 3.0, 4.0, 5.0], &[0.5]).unwrap();
    let found = run(&Operator::Upsample(layer), &[&[1.0, 10.0]], 8);
    assert_eq!(found, [2.5, 3.5, 20.5, 30.5, 4.5, 5.5, 40.5, 50.5]);
}

#[test]
fn pools_look_only_at_what_is_inside() {
    let (from, to) = (shape(3, 3, 1), shape(2, 2, 1));
    let input: Vec<f32> = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0, -7.0, -8.0, -9.0];
    let window = Window::new([2, 2], [2, 2], Padding::Same, shapes(from, to)).unwrap();
    for (pooling, expected) in [
        (Pooling::Largest, [5.0, 6.0, -7.0, -9.0]),
        (Pooling::Mean, [3.0, 4.5, -7.5, -9.0]),
    ] {
        let pool = Operator::Pool(Pool {
            pooling,
            window,
            input: from,
            output: to,
        });
        assert_eq!(run(&pool, &[&input], 4), expected, "{pooling:?}");
    }
}

#[test]
fn resizing_blends_neighbours_and_keeps_the_edges() {
    let resize = Operator::Resize(Resize::new(shape(1, 2, 2), shape(2, 4, 2)));
    let row = [0.0, 8.0, 1.0, 6.0, 3.0, 2.0, 4.0, 0.0];
    assert_eq!(
        run(&resize, &[&[0.0, 8.0, 4.0, 0.0]], 16),
        [row, row].concat()
    );
}

#[rstest]
#[case::add(Operator::Add, &[&[1.0, 2.0, 3.0][..], &[0.5, -2.0, 4.0]], &[1.5, 0.0, 7.0])]
#[case::concatenate(Operator::Concatenate, &[&[1.0][..], &[2.0, 3.0]], &[1.0, 2.0, 3.0])]
#[case::copy(Operator::Copy, &[&[4.0, 5.0][..]], &[4.0, 5.0])]
#[case::pad(Operator::Pad(Pad { from: 1, to: 3 }), &[&[1.0, 2.0][..]], &[1.0, 0.0, 0.0, 2.0, 0.0, 0.0])]
#[case::scale(Operator::Scale(Scale { channels: 2 }), &[&[1.0, 2.0, 3.0, 4.0][..], &[10.0, 0.5]], &[10.0, 1.0, 30.0, 2.0])]
fn simple_operations_do_what_they_are_named_after(
    #[case] operator: Operator,
    #[case] inputs: &[&[f32]],
    #[case] expected: &[f32],
) {
    assert_eq!(
        run(&operator, inputs, expected.len()),
        expected,
        "{operator:?}"
    );
}

#[rstest]
#[case::none(Activation::None, |value: f64| value)]
#[case::relu(Activation::Relu, |value: f64| value.max(0.0))]
#[case::prelu(Activation::Prelu(vec![0.25, 0.25]), |value: f64| if value > 0.0 { value } else { value * 0.25 })]
#[case::hard_swish(Activation::HardSwish, |value: f64| value * (value + 3.0).clamp(0.0, 6.0) / 6.0)]
#[case::logistic(Activation::Logistic, |value: f64| 1.0 / (1.0 + (-value).exp()))]
fn activations_are_the_functions_they_are_named_after(
    #[case] activation: Activation,
    #[case] function: fn(f64) -> f64,
) {
    let input = [-100.0, -4.0, -1.5, 0.0, 0.5, 2.0, 3.5, 100.0];
    let outputs = [Level::new(), Level::baseline()].map(|level| {
        let mut values = input;
        dispatch!(level, simd => activation.apply(simd, &mut values));
        values
    });
    assert_eq!(
        outputs[0].map(f32::to_bits),
        outputs[1].map(f32::to_bits),
        "{activation:?}"
    );
    for (found, value) in outputs[0].iter().zip(input) {
        let expected = function(f64::from(value));
        assert!(
            (f64::from(*found) - expected).abs() < 3e-7 * expected.abs().max(1.0),
            "{activation:?} of {value}"
        );
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let (from, to) = (shape(4, 4, 2), shape(4, 4, 3));
    let window = Window::new([3, 3], [1, 1], Padding::Same, shapes(from, to)).unwrap();
    assert!(Convolution::new(window, shapes(from, to), &[0.0; 54], &[0.0; 3]).is_ok());
    assert!(Convolution::new(window, shapes(from, to), &[0.0; 53], &[0.0; 3]).is_err());
    assert!(Convolution::new(window, shapes(from, to), &[0.0; 54], &[0.0; 2]).is_err());
    assert!(Depthwise::new(window, shapes(from, to), &[0.0; 18], &[0.0; 2]).is_err());
    assert!(Upsample::new([2, 2], shapes(from, to), &[0.0; 24], &[0.0; 3]).is_err());
    assert!(Window::new([3, 3], [0, 1], Padding::Same, shapes(from, to)).is_err());
    assert!(Window::new([5, 5], [1, 1], Padding::Valid, shapes(from, to)).is_err());
    assert!(Window::new([3, 3], [1, 1], Padding::Valid, shapes(from, to)).is_err());
}
