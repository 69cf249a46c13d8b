package main

import (
	"slices"

	"github.com/open-policy-agent/opa/v1/types"
)

// isUnordered is whether a value of the type is surely a set, or an object that can have more than one key.
func isUnordered(tpe types.Type) bool {
	switch tpe := tpe.(type) {
	case *types.Recursive:
		return isUnordered(tpe.Unwrap())
	case *types.Set:
		return tpe.Of() != nil
	case *types.Object:
		return tpe.DynamicProperties() != nil || len(tpe.StaticProperties()) > 1
	case types.Any:
		// Nothing goes through a scalar, such as the number that `-` could also make.
		return slices.ContainsFunc(tpe, isUnordered) &&
			!slices.ContainsFunc(tpe, func(each types.Type) bool { return !isUnordered(each) && !isScalar(each) })
	}
	return false
}

func isScalar(tpe types.Type) bool {
	switch tpe.(type) {
	case types.Null, types.Boolean, types.Number, types.String:
		return true
	}
	return false
}

// hasOrder is whether everything in a value of the type surely has an order.
func hasOrder(tpe types.Type) bool {
	array, ok := tpe.(*types.Array)
	if !ok {
		return tpe != nil && isScalar(tpe)
	}
	for i := range array.Len() {
		if !hasOrder(array.Select(i)) {
			return false
		}
	}
	return array.Dynamic() == nil || hasOrder(array.Dynamic())
}

// hasUnordered is whether there is surely something without an order in a value of the type.
func hasUnordered(tpe types.Type) bool {
	if isUnordered(tpe) {
		return true
	}
	switch tpe := tpe.(type) {
	case *types.Array:
		for i := range tpe.Len() {
			if hasUnordered(tpe.Select(i)) {
				return true
			}
		}
		return tpe.Dynamic() != nil && hasUnordered(tpe.Dynamic())
	case *types.Object:
		for _, property := range tpe.StaticProperties() {
			if hasUnordered(property.Value) {
				return true
			}
		}
	}
	return false
}
