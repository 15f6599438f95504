/**
 * Where publishers are: addresses and the files that list them.
 *
 * <ul>
 *   <li>{@link org.peal.endpoint.Endpoint} is one address.
 *   <li>{@link org.peal.endpoint.EndpointMap} is what all endpoint files say together.
 *   <li>{@link org.peal.endpoint.EndpointFiles} reads them once, {@link
 *       org.peal.endpoint.EndpointDiscovery} keeps them up to date.
 * </ul>
 */
@NullMarked
package org.peal.endpoint;

import org.jspecify.annotations.NullMarked;
