//! Models out of a tree of JSON.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, Expected, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::tree::Json;

/// The tree is not what the model describes. It does not say why: nobody would read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OtherModel;

impl fmt::Display for OtherModel {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("not what the model describes")
    }
}

impl std::error::Error for OtherModel {}

/// Each says the same, so that no program carries what would make up its message.
impl Error for OtherModel {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }

    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }

    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }

    fn missing_field(_: &'static str) -> Self {
        Self
    }

    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// A number that is written as `T` writes it.
fn number<T: FromStr>(value: &Json<'_>) -> Result<T, OtherModel> {
    match value {
        Json::Number(written) => written.parse().map_err(|_| OtherModel),
        Json::Null | Json::Bool(_) | Json::Text(_) | Json::List(_) | Json::Object(_) => {
            Err(OtherModel)
        }
    }
}

/// Methods that read a number of one type.
macro_rules! numbers {
    ($($deserialize:ident $visit:ident;)+) => {$(
        fn $deserialize<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, OtherModel> {
            visitor.$visit(number(&self)?)
        }
    )+};
}

impl<'de> Deserializer<'de> for Json<'de> {
    type Error = OtherModel;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, OtherModel> {
        match self {
            Self::Null => visitor.visit_unit(),
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Number(written) => {
                if let Ok(value) = written.parse::<u64>() {
                    visitor.visit_u64(value)
                } else if let Ok(value) = written.parse::<i64>() {
                    visitor.visit_i64(value)
                } else {
                    visitor.visit_f64(written.parse().map_err(|_| OtherModel)?)
                }
            }
            Self::Text(text) => visit_text(text, visitor),
            Self::List(items) => visitor.visit_seq(Items(items.into_iter())),
            Self::Object(members) => visitor.visit_map(Members::new(members)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, OtherModel> {
        match self {
            Self::Bool(value) => visitor.visit_bool(value),
            Self::Null | Self::Number(_) | Self::Text(_) | Self::List(_) | Self::Object(_) => {
                Err(OtherModel)
            }
        }
    }

    numbers! {
        deserialize_i8 visit_i8;
        deserialize_i16 visit_i16;
        deserialize_i32 visit_i32;
        deserialize_i64 visit_i64;
        deserialize_u8 visit_u8;
        deserialize_u16 visit_u16;
        deserialize_u32 visit_u32;
        deserialize_u64 visit_u64;
        deserialize_f32 visit_f32;
        deserialize_f64 visit_f64;
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, OtherModel> {
        match self {
            Self::Text(text) => visit_text(text, visitor),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::List(_) | Self::Object(_) => {
                Err(OtherModel)
            }
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, OtherModel> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, OtherModel> {
        match self {
            Self::Null => visitor.visit_none(),
            Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::List(_) | Self::Object(_) => {
                visitor.visit_some(self)
            }
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, OtherModel> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, OtherModel> {
        match self {
            Self::List(items) => visitor.visit_seq(Items(items.into_iter())),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::Object(_) => {
                Err(OtherModel)
            }
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, OtherModel> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, OtherModel> {
        match self {
            Self::Object(members) => visitor.visit_map(Members::new(members)),
            Self::Null | Self::Bool(_) | Self::Number(_) | Self::Text(_) | Self::List(_) => {
                Err(OtherModel)
            }
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, OtherModel> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, OtherModel> {
        visitor.visit_enum(Word(self))
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, OtherModel> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, OtherModel> {
        visitor.visit_unit()
    }

    forward_to_deserialize_any! { char bytes byte_buf unit unit_struct tuple_struct }
}

fn visit_text<'de, V: Visitor<'de>>(
    text: Cow<'de, str>,
    visitor: V,
) -> Result<V::Value, OtherModel> {
    match text {
        Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
        Cow::Owned(text) => visitor.visit_string(text),
    }
}

/// What is left of a list.
struct Items<'de>(std::vec::IntoIter<Json<'de>>);

impl<'de> SeqAccess<'de> for Items<'de> {
    type Error = OtherModel;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, OtherModel> {
        self.0.next().map(|item| seed.deserialize(item)).transpose()
    }
}

/// What is left of an object, and the value whose name was read last.
struct Members<'de> {
    left: std::vec::IntoIter<(Cow<'de, str>, Json<'de>)>,
    value: Json<'de>,
}

impl<'de> Members<'de> {
    fn new(members: Vec<(Cow<'de, str>, Json<'de>)>) -> Self {
        Self {
            left: members.into_iter(),
            value: Json::Null,
        }
    }
}

impl<'de> MapAccess<'de> for Members<'de> {
    type Error = OtherModel;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, OtherModel> {
        let Some((name, value)) = self.left.next() else {
            return Ok(None);
        };
        self.value = value;
        seed.deserialize(Json::Text(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<T::Value, OtherModel> {
        seed.deserialize(std::mem::replace(&mut self.value, Json::Null))
    }
}

/// A word of an enumeration. Values that carry more than their name are not part of the API.
struct Word<'de>(Json<'de>);

impl<'de> EnumAccess<'de> for Word<'de> {
    type Error = OtherModel;
    type Variant = Alone;

    fn variant_seed<T: DeserializeSeed<'de>>(
        self,
        seed: T,
    ) -> Result<(T::Value, Alone), OtherModel> {
        Ok((seed.deserialize(self.0)?, Alone))
    }
}

/// A value that is its name alone.
struct Alone;

impl<'de> VariantAccess<'de> for Alone {
    type Error = OtherModel;

    fn unit_variant(self) -> Result<(), OtherModel> {
        Ok(())
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, _: T) -> Result<T::Value, OtherModel> {
        Err(OtherModel)
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, _: V) -> Result<V::Value, OtherModel> {
        Err(OtherModel)
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, OtherModel> {
        Err(OtherModel)
    }
}
