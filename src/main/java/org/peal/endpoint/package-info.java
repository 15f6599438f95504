/**
 * Where publishers are: addresses and the files that list them.
 *
 * <ul>
 *   <li>{@link org.peal.endpoint.Endpoint} is one address.
 *   <li>{@link org.peal.endpoint.EndpointMap} is what all endpoint files say together.
 * </ul>
 */
@NullMarked
package org.peal.endpoint;

import org.jspecify.annotations.NullMarked;
